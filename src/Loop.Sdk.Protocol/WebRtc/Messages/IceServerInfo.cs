namespace Loop.Sdk.WebRtc;

/// <summary>A server that helps to find paths, as <c>RTCIceServer</c> has it.</summary>
public sealed record IceServerInfo
{
    /// <summary>Its <c>stun:</c>, <c>stuns:</c>, <c>turn:</c> and <c>turns:</c> addresses.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The user; null for STUN.</summary>
    public string? Username { get; init; }

    /// <summary>The password; null for STUN.</summary>
    public string? Credential { get; init; }

    /// <summary>The addresses, without credentials.</summary>
    public override string ToString() => string.Join(' ', Urls);
}
