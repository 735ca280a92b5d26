namespace Loop.Sdk.Handshake;

/// <summary>The first frame from the client.</summary>
// Settable: what JSON leaves out keeps its default here, whereas an init-only property would become zero or null.
internal sealed record Hello
{
    public IReadOnlyList<string> Features { get; set; } = [];

    public Credentials? Credentials { get; set; }

    public IReadOnlyList<string> Services { get; set; } = [];

    public PeerLimits Limits { get; set; } = new();

    public ResumeRequest? Resume { get; set; }
}
