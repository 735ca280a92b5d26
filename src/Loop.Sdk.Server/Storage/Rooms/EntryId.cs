namespace Loop.Sdk.Server.Storage;

/// <summary>Makes the ids of timeline entries: shaped like a ULID, 26 characters of Crockford's base 32, the time and then the entry's sequence.</summary>
/// <remarks>Nothing in it is random: an id is unique in its room, and every store makes the same one.</remarks>
public static class EntryId
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;
    private const int TimeLength = 10;
    private const int BitsPerCharacter = 5;
    private const int Mask = 31;

    /// <summary>Makes an id.</summary>
    /// <param name="createdAt">Ms since 1970, 0 to 2⁴⁸ − 1.</param>
    /// <param name="sequence">The entry's sequence, at least 1.</param>
    public static string Create(long createdAt, long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(createdAt);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(createdAt, RoomStorageLimits.MaxTime);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        return string.Create(Length, (createdAt, sequence), static (characters, value) =>
        {
            Write(characters[..TimeLength], value.createdAt);
            Write(characters[TimeLength..], value.sequence);
        });
    }

    private static void Write(Span<char> characters, long value)
    {
        for (var index = characters.Length - 1; index >= 0; index--)
        {
            characters[index] = Alphabet[(int)(value & Mask)];
            value >>= BitsPerCharacter;
        }
    }
}
