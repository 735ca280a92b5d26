namespace Loop.Sdk.Handshake;

/// <summary>The server's answer to an auth frame, and its warning that the credentials expire soon.</summary>
internal sealed record AuthResult
{
    /// <summary>True after a successful auth; false on the warning.</summary>
    public bool Accepted { get; init; }

    /// <summary>Milliseconds until the credentials expire, or null if they do not.</summary>
    public long? ExpiresInMs { get; init; }
}
