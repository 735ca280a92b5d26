namespace Loop.Sdk.Presence;

/// <summary>An entry that succeeded.</summary>
/// <param name="Member">The session's member, as everybody sees it.</param>
public sealed record EnteredScope(PresenceMember Member);
