namespace Loop.Sdk.Sessions;

/// <summary>What happens to a subscriber that is so slow, or absent for so long, that no more may wait for it. The producer never waits.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>Nothing is left out: the subscriber's session is closed instead, and it learns that it was lost.</summary>
    Reliable,

    /// <summary>While items wait, a newer one takes the place of an older one with the same key; then the oldest are left out.</summary>
    Latest,

    /// <summary>All that waits is left out, and the subscriber gets a fresh snapshot as soon as it can take one.</summary>
    Snapshot,
}
