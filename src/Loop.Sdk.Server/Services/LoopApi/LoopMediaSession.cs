namespace Loop.Sdk.Server.LoopApi;

/// <summary>What a client needs to connect its media.</summary>
/// <param name="ApiKey">Which service the session is of.</param>
/// <param name="SessionId">The session, the same for all in the same place.</param>
/// <param name="SessionToken">Lets this client in: another one each time, and a secret. Guests also show it to the API, as the user name of Basic: 1 to 1024 visible characters of ASCII without a colon.</param>
public sealed record LoopMediaSession(string ApiKey, string SessionId, string SessionToken)
{
    /// <summary>The session.</summary>
    public override string ToString() => $"media session of {ApiKey}";
}
