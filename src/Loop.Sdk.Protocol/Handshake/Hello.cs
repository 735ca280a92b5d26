namespace Loop.Sdk.Handshake;

/// <summary>The first frame from the client.</summary>
// Settable, since generated JSON code sets init-only properties to null or 0 where the text leaves them out.
internal sealed record Hello
{
    public IReadOnlyList<string> Features { get; set; } = [];

    public Credentials? Credentials { get; set; }

    public IReadOnlyList<string> Services { get; set; } = [];

    public PeerLimits Limits { get; set; } = new();

    public ResumeRequest? Resume { get; set; }
}
