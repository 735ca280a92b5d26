namespace Loop.Sdk.UserAgent;

/// <summary>A visit.</summary>
public sealed record AddVisit
{
    /// <summary>What makes the call one that can be repeated: see <see cref="StartAgentSession.Key"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The address: absolute, at most 8 KiB, and of a scheme that one can go to; not <c>javascript:</c>, <c>data:</c>, <c>blob:</c> and their like.</summary>
    public required string Url { get; init; }

    /// <summary>The session in which it happened, which must be open.</summary>
    public required long Session { get; init; }

    /// <summary>The page's title, at most 4 KiB; null if it is not known, which leaves the last one that was.</summary>
    public string? Title { get; init; }

    /// <summary>When, in whole microseconds: from 1990 to five minutes ahead of the server's clock; null for now.</summary>
    public DateTimeOffset? At { get; init; }
}
