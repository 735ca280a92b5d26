namespace Loop.Sdk.Presence;

/// <summary>A member who is gone.</summary>
/// <param name="Member">The member as it was known last.</param>
/// <param name="Reason">Why; null if it went while this client could not be told.</param>
public sealed record DepartedPresence(PresenceMember Member, LeaveReason? Reason);
