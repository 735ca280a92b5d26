namespace Loop.Sdk.Feeds;

/// <summary>
/// What happens to a topic's subscriber that is so slow, or absent for so long, that no more may wait for it. The producer never waits. A feed needs
/// no policy: its subscribers catch up from its history, or get a fresh snapshot.
/// </summary>
public enum SlowConsumerPolicy
{
    /// <summary>Nothing is left out: the subscriber's session is closed instead, and it learns that it was lost.</summary>
    Reliable,

    /// <summary>While items wait, a newer one takes the place of an older one with the same key; then the oldest are left out.</summary>
    Latest,
}
