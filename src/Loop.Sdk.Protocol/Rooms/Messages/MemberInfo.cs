namespace Loop.Sdk.Rooms;

/// <summary>A member who was announced in a room.</summary>
/// <param name="Announcement">The announcement. That its keys belong to its id, its reader checks.</param>
/// <param name="IsMine">Whether the caller announced it.</param>
public sealed record MemberInfo(SealedMember Announcement, bool IsMine);
