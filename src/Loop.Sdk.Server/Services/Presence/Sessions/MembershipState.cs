namespace Loop.Sdk.Server.Presence;

internal enum MembershipState
{
    /// <summary>The rule is being asked.</summary>
    Entering,

    /// <summary>The session is a member.</summary>
    Present,

    /// <summary>The session was away for too long: it is a member again when it comes back.</summary>
    Lost,

    /// <summary>It is over.</summary>
    Over,
}
