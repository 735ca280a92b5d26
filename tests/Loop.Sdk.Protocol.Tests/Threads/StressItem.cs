using System.Buffers.Binary;

namespace Loop.Sdk.Threads;

/// <summary>What messages consist of: which call and which item they are, so that a message that is lost, doubled or damaged shows.</summary>
internal static class StressItem
{
    public const int HeadSize = 8;
    public const int Largest = 40_000;

    /// <summary>How long an item is: often a few bytes, at times empty, larger than a frame, or larger than a window.</summary>
    public static int SizeOf(int call, int index) => (((call * 31) + (index * 17)) % 23) switch
    {
        0 or 1 => 0,
        2 => Largest,
        3 or 4 => 17_000,
        5 or 6 or 7 => 3_000,
        var other => HeadSize + other,
    };

    /// <summary>Writes an item into a buffer that may be one for all items.</summary>
    public static ReadOnlyMemory<byte> Write(byte[] buffer, int call, int index)
    {
        var item = buffer.AsMemory(0, SizeOf(call, index));
        Fill(item.Span, call, index);
        return item;
    }

    /// <summary>A message of its own that names a call and a number.</summary>
    public static byte[] Message(int call, int number, int padding = 0)
    {
        var message = new byte[HeadSize + padding];
        Fill(message, call, number);
        return message;
    }

    public static (int Call, int Number) Read(ReadOnlySpan<byte> message) =>
        (BinaryPrimitives.ReadInt32BigEndian(message), BinaryPrimitives.ReadInt32BigEndian(message[4..]));

    public static bool Is(ReadOnlySpan<byte> item, int call, int index)
    {
        if (item.Length != SizeOf(call, index))
        {
            return false;
        }

        return item.IsEmpty || (Read(item) == (call, index) && !item[HeadSize..].ContainsAnyExcept((byte)(call + index)));
    }

    private static void Fill(Span<byte> message, int call, int number)
    {
        if (message.IsEmpty)
        {
            return;
        }

        message.Fill((byte)(call + number));
        BinaryPrimitives.WriteInt32BigEndian(message, call);
        BinaryPrimitives.WriteInt32BigEndian(message[4..], number);
    }
}
