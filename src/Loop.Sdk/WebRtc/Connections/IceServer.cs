namespace Loop.Sdk.WebRtc;

/// <summary>A server that helps to find paths.</summary>
public sealed record IceServer
{
    /// <summary>Its <c>stun:</c>, <c>stuns:</c>, <c>turn:</c> and <c>turns:</c> addresses (RFC 7064, RFC 7065).</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The user for <c>turn:</c> and <c>turns:</c>.</summary>
    public string? Username { get; init; }

    /// <summary>The password for <c>turn:</c> and <c>turns:</c>.</summary>
    public string? Credential { get; init; }

    /// <summary>The addresses, without credentials.</summary>
    public override string ToString() => string.Join(' ', Urls);
}
