namespace Loop.Sdk.Presence;

/// <summary>Where an entry stands.</summary>
public enum PresenceEntryState
{
    /// <summary>The client is present, as far as it knows. While a connection is being resumed this does not change.</summary>
    Present,

    /// <summary>The session was lost, and the scope is being entered again.</summary>
    Returning,

    /// <summary>It is over: see <see cref="PresenceEntry.Ended"/>.</summary>
    Ended,
}
