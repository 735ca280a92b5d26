namespace Loop.Sdk.Server.Storage;

/// <summary>A new payload of an entry.</summary>
/// <param name="Room">The room's token.</param>
/// <param name="Sequence">The entry's place.</param>
/// <param name="Version">The new version: the entry's version plus one.</param>
/// <param name="Payload">The envelope.</param>
public sealed record EntryEdit(string Room, long Sequence, long Version, ReadOnlyMemory<byte> Payload);
