namespace Loop.Sdk.Presence;

/// <summary>A scope that the session is present in, or was until somebody else ended it.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Member">The id of the session's member.</param>
public sealed record OwnPlace(string Scope, string Member)
{
    /// <summary>Why it is over, if it was ended for the session; null while the session is present.</summary>
    public LeaveReason? Ended { get; init; }
}
