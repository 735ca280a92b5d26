namespace Loop.Sdk.Server.Storage;

/// <summary>A member's announcement of itself.</summary>
/// <param name="Room">The room's token.</param>
/// <param name="Epoch">The epoch in which it was sealed.</param>
/// <param name="Id">The member's id.</param>
/// <param name="User">The account's id, or the guest's, by whom it was sent.</param>
/// <param name="Version">The version under which it was sealed, from 1.</param>
/// <param name="Announcement">The envelope.</param>
public sealed record MemberRecord(string Room, int Epoch, string Id, string User, long Version, ReadOnlyMemory<byte> Announcement);
