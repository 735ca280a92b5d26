namespace Loop.Sdk.Presence;

/// <summary>A member who is gone.</summary>
/// <param name="Id">The member's id.</param>
/// <param name="User">The user it was shown under.</param>
/// <param name="Reason">Why.</param>
public sealed record DepartedMember(string Id, string User, LeaveReason Reason);
