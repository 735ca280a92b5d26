namespace Loop.Sdk.Handshake;

/// <summary>The first frame from the client.</summary>
internal sealed record Hello
{
    public IReadOnlyList<string> Features { get; init; } = [];

    public Credentials? Credentials { get; init; }

    public IReadOnlyList<string> Services { get; init; } = [];

    public PeerLimits Limits { get; init; } = new();

    public ResumeRequest? Resume { get; init; }
}
