namespace Loop.Sdk.Server.Storage;

/// <summary>A part of an owner's feed.</summary>
/// <param name="Epoch">The store's identity.</param>
/// <param name="Offset">The offset from which to go on: that of the last change in <paramref name="Items"/>, or of the newest one if there is no more.</param>
/// <param name="Items">The changes, oldest first.</param>
/// <param name="More">Whether there are more changes now.</param>
/// <param name="SnapshotNeeded">Whether the given offset is too old, or none of this store: tombstones are missing, so start again from 0. There are no items then.</param>
public sealed record RoomChanges(string Epoch, long Offset, IReadOnlyList<RoomChange> Items, bool More, bool SnapshotNeeded);
