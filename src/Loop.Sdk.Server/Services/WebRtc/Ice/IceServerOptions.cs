namespace Loop.Sdk.Server.WebRtc;

/// <summary>A server that helps peers to find paths. One for TURN has either <see cref="Secrets"/>, or a user and a password that everybody is told.</summary>
public sealed class IceServerOptions
{
    /// <summary>Its <c>stun:</c>, <c>stuns:</c>, <c>turn:</c> and <c>turns:</c> addresses (RFC 7064, RFC 7065), 1 to 8.</summary>
    public IList<string> Urls { get; } = [];

    /// <summary>
    /// The secrets shared with the TURN server (<c>static-auth-secret</c> of coturn), one or, while they are changed, two. Each caller gets credentials of its own, which expire, made with the
    /// last one whose time has come.
    /// </summary>
    public IList<TurnSecret> Secrets { get; } = [];

    /// <summary>The user that everybody is told, if there are no secrets.</summary>
    public string? Username { get; set; }

    /// <summary>The password that everybody is told, if there are no secrets.</summary>
    public string? Credential { get; set; }
}
