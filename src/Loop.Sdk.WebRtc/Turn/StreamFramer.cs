using System.Buffers.Binary;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Turn;

/// <summary>
/// Finds the messages in a stream of STUN and ChannelData (RFC 8656, section 12.6). The driver reads from the TCP or TLS stream into <see cref="Space"/>, says how much with <see cref="Advance"/>, and
/// then takes messages with <see cref="TryRead"/> until there are no more. What goes out needs no framing: <see cref="TurnAllocation"/> pads it.
/// </summary>
internal sealed class StreamFramer
{
    private const int Smallest = 4;
    private const int Largest = StunMessage.HeaderLength + ushort.MaxValue + 1;
    private const int FirstSize = 4096;

    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _end;

    /// <summary>Whether something came that is no message: the stream is of no use any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Room to read into; never empty. What <see cref="TryRead"/> gave is no longer valid then.</summary>
    public Memory<byte> Space
    {
        get
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start.._end).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, Largest + FirstSize));
            }

            return _buffer.AsMemory(_end);
        }
    }

    /// <summary>Says that so many bytes were read into <see cref="Space"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Takes the next message, without padding; it is valid until <see cref="Space"/> is asked for.</summary>
    public bool TryRead(out ReadOnlySpan<byte> message)
    {
        message = default;
        var rest = _buffer.AsSpan(_start.._end);
        if (IsBroken || rest.Length < Smallest)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        var (whole, padded) = rest[0] switch
        {
            < 4 when (length & 3) == 0 => (StunMessage.HeaderLength + length, StunMessage.HeaderLength + length),
            >= 0x40 and <= 0x4F => (Smallest + length, (Smallest + length + 3) & ~3),
            _ => (0, 0),
        };
        IsBroken = whole == 0;
        if (IsBroken || rest.Length < padded)
        {
            return false;
        }

        message = rest[..whole];
        _start += padded;
        return true;
    }
}
