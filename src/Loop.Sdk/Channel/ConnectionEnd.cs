using Loop.Sdk.Handshake;

namespace Loop.Sdk.Channels;

/// <summary>Why an attempt or a connection ended, and what to do next.</summary>
internal readonly record struct ConnectionEnd(LoopException Reason, Verdict Verdict, int RetryAfterMs = 0)
{
    public static ConnectionEnd Of(GoAway goAway) =>
        new(new LoopException(goAway.Code, goAway.Message ?? $"The server ended the connection: {goAway.Code}."), goAway.Verdict, goAway.RetryAfterMs);
}
