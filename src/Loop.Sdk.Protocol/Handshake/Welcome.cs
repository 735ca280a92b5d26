namespace Loop.Sdk.Handshake;

/// <summary>The first frame from the server.</summary>
// Settable: what JSON leaves out keeps its default here, whereas an init-only property would become zero or null.
internal sealed record Welcome
{
    public required string Session { get; set; }

    /// <summary>What the next resume must present. Null if the session cannot be resumed.</summary>
    public string? Secret { get; set; }

    public IReadOnlyList<string> Features { get; set; } = [];

    /// <summary>The ids of those wanted services that the server has.</summary>
    public IReadOnlyDictionary<string, int> Services { get; set; } = new Dictionary<string, int>();

    public PeerLimits Limits { get; set; } = new();

    /// <summary>The client sends a ping when this many milliseconds passed without a sign of the server.</summary>
    public int KeepAliveMs { get; set; } = 15_000;

    /// <summary>How long the server keeps the session for a resume, in milliseconds.</summary>
    public int ResumeWindowMs { get; set; } = 120_000;

    /// <summary>Whether the session that the hello named goes on.</summary>
    public bool Resumed { get; set; }

    /// <summary>How many tracked frames of the client the server has received in this session.</summary>
    public ulong Received { get; set; }

    /// <summary>Milliseconds until the credentials expire, or null if they do not.</summary>
    public long? ExpiresInMs { get; set; }

    public override string ToString() => $"welcome {Session} resumed={Resumed} received={Received}";
}
