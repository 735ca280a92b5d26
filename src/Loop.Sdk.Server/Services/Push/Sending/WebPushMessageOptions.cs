using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Push;

/// <summary>How a message is to be delivered (RFC 8030 section 5).</summary>
public sealed record WebPushMessageOptions
{
    /// <summary>How long it may wait for its receiver, in whole seconds; zero for not at all. 28 days by default, which the browsers' push services allow.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(28);

    /// <summary>What it is about: a later message of the same topic replaces it while it waits. 1 to 32 characters of base64url, or null.</summary>
    public string? Topic { get; init; }

    /// <summary>How urgent it is.</summary>
    public PushUrgency Urgency { get; init; } = PushUrgency.Normal;

    /// <summary>By how many bytes it is made longer, so that its length says less.</summary>
    public int Padding { get; init; }
}
