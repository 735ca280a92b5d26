using System.Buffers;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>A message that could not be written to the log at once: it waits for credit, for a free stream, or for its turn among large ones.</summary>
internal sealed class OutboundMessage(ReadOnlyMemory<byte> data, bool end)
{
    /// <summary>The message. Borrowed from the caller, unless <see cref="Rented"/> holds it.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; } = data;

    /// <summary>A pooled array to be given back once the message is in the log.</summary>
    public byte[]? Rented { get; private init; }

    public bool End { get; } = end;

    /// <summary>What the open frame says, if this is the message that opens the stream.</summary>
    public OpenHeader? Header { get; init; }

    /// <summary>Whether this stands for the end of the sender's half alone, with no message.</summary>
    public bool EndOnly { get; init; }

    /// <summary>The neighbours in the queue, which only the queue sets.</summary>
    public OutboundMessage? Next { get; set; }

    public OutboundMessage? Previous { get; set; }

    public int Offset { get; set; }

    /// <summary>Whether the first frame is in the log, so that the rest must follow.</summary>
    public bool Begun { get; set; }

    public int Remaining => Data.Length - Offset;

    /// <summary>What the next frame costs.</summary>
    public int Cost => EndOnly ? 0 : CreditCost.Of(Math.Min(Remaining, FrameLimits.MaxPayload));

    /// <summary>Bytes of the message in the next frame. In the first of several, the announced length takes some of the room.</summary>
    public int Part => Begun || Remaining <= FrameLimits.MaxPayload
        ? Math.Min(Remaining, FrameLimits.MaxPayload)
        : FrameLimits.MaxPayload - Varint.Length((ulong)Remaining);

    /// <summary>Makes a message that owns a copy of the data, or borrows the data until it was sent.</summary>
    public static OutboundMessage Of(ReadOnlyMemory<byte> data, bool end, bool borrow, OpenHeader? header = null)
    {
        if (borrow || data.IsEmpty)
        {
            return new OutboundMessage(data, end) { Header = header };
        }

        var rented = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(rented);
        return new OutboundMessage(rented.AsMemory(0, data.Length), end) { Rented = rented, Header = header };
    }

    public void Replace(ReadOnlyMemory<byte> data) => Data = data;

    /// <summary>Whether the message was sent or dropped.</summary>
    public bool Gone { get; private set; }

    public void Recycle()
    {
        Gone = true;
        Data = default;
        if (Rented is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
