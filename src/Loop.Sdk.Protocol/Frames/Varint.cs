using System.Runtime.CompilerServices;

namespace Loop.Sdk.Frames;

/// <summary>Unsigned integers of up to 62 bits, seven bits a byte, least significant first, the high bit set on all but the last.</summary>
internal static class Varint
{
    public const int MaxLength = 9;

    public const ulong MaxValue = (1UL << 62) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(ulong value) => value < 0x80 ? 1 : (70 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> destination, ulong value)
    {
        var index = 0;
        while (value >= 0x80)
        {
            destination[index++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[index++] = (byte)value;
        return index;
    }

    /// <summary>Reads a varint. Returns its length, 0 if it goes on past the end of <paramref name="source"/>, or -1 if it is over 62 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> source, out ulong value)
    {
        if (source.Length > 0 && source[0] < 0x80)
        {
            value = source[0];
            return 1;
        }

        return ReadLong(source, out value);
    }

    private static int ReadLong(ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        var length = Math.Min(source.Length, MaxLength);
        for (var index = 0; index < length; index++)
        {
            var part = source[index];
            value |= (ulong)(part & 0x7F) << (7 * index);
            if (part < 0x80)
            {
                return value <= MaxValue ? index + 1 : -1;
            }
        }

        return source.Length >= MaxLength ? -1 : 0;
    }
}
