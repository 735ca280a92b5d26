namespace Loop.Sdk.Server;

/// <summary>Where a session is in its life.</summary>
internal static class SessionPhase
{
    /// <summary>A connection carries the session, or is about to.</summary>
    public const int Attached = 0;

    /// <summary>The session waits for a resume.</summary>
    public const int Detached = 1;

    /// <summary>The session is over; a connection may still be saying so.</summary>
    public const int Ended = 2;
}
