namespace Loop.Sdk.Rooms;

/// <summary>An announcement for a room.</summary>
/// <param name="Token">The room's token.</param>
/// <param name="Announcement">The announcement.</param>
public sealed record AnnounceMember(string Token, SealedMember Announcement);
