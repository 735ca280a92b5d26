using Loop.Sdk.Handshake;

namespace Loop.Sdk.Transport;

/// <summary>The server refused the connection before there was a session, with a goaway or with an HTTP status that means one.</summary>
#pragma warning disable CA1064 // It never leaves the channel.
internal sealed class GoAwayException(GoAway goAway, Exception? innerException = null)
    : Exception(goAway.Message ?? $"The server refused the connection: {goAway.Code}.", innerException)
#pragma warning restore CA1064
{
    public GoAway GoAway { get; } = goAway;
}
