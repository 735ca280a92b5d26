namespace Loop.Sdk.Cryptography;

/// <summary>What an envelope held.</summary>
/// <param name="Content">The content.</param>
/// <param name="Epoch">
/// The epoch of the key it was sealed with. If it is not the room's current one, the entry is history: somebody who has been removed since could have written it
/// later, though only under their own name.
/// </param>
public readonly record struct OpenedEntry(ReadOnlyMemory<byte> Content, int Epoch);
