using System.Buffers;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>
/// Every tracked frame from the moment it is written until the peer acknowledges it. The same bytes are what is sent and what is replayed, so that
/// being able to resume costs no copy. Not safe for concurrent use.
/// </summary>
internal sealed class OutboundLog
{
    // A WebSocket adds up to 14 bytes to a message before it copies it: this keeps both copies in the 64 KiB class of the pool.
    private const int LargestSegment = (64 * 1024) - 64;
    private const int SmallestSegment = 1024;
    private const int LargePiece = 8 * 1024;

    // Where one message goes to a thousand sessions, each holds a small segment until it is acknowledged: more than the shared pool keeps.
    private const int KeptPerSize = 1024;

    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(64 * 1024, KeptPerSize);

    private OutboundSegment? _head;
    private OutboundSegment? _tail;
    private OutboundSegment? _unsent;
    private OutboundSegment? _taken;
    private ulong _acknowledged;

    /// <summary>How many frames were ever written.</summary>
    public ulong Written { get; private set; }

    /// <summary>Bytes written but not yet taken to be sent.</summary>
    public int Unsent { get; private set; }

    /// <summary>Bytes that a resume may have to send again, or that were not sent yet.</summary>
    public long Unacknowledged { get; private set; }

    /// <summary>Gives room for one whole frame of exactly this size, to be followed by <see cref="Commit"/>.</summary>
    public Span<byte> Reserve(int size)
    {
        var tail = _tail;
        if (tail is null || tail.Limit - tail.Length < size)
        {
            tail = Append(size);
        }

        return tail.Buffer.AsSpan(tail.Length, size);
    }

    /// <summary>Takes the frame just written in the reserved room into the log.</summary>
    public void Commit(int size)
    {
        var tail = _tail!;
        tail.Length += size;
        tail.Frames++;
        Written++;
        Unsent += size;
        Unacknowledged += size;
        _unsent ??= tail;
    }

    /// <summary>Takes the next run of whole frames to be sent as one message. They stay in the log, and in place until <see cref="Release"/>.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> message)
    {
        var segment = _unsent;
        if (segment is null)
        {
            message = default;
            return false;
        }

        message = segment.Buffer.AsMemory(segment.Sent, segment.Length - segment.Sent);
        segment.Sent = segment.Length;
        Unsent -= message.Length;
        _unsent = segment.Next;
        _taken = segment;
        return true;
    }

    /// <summary>The message last taken is no longer read by anybody.</summary>
    public void Release()
    {
        _taken = null;
        Trim();
    }

    /// <summary>The peer has received this many frames. False if it cannot have.</summary>
    public bool Acknowledge(ulong position)
    {
        if (position > Written)
        {
            return false;
        }

        if (position > _acknowledged)
        {
            _acknowledged = position;
            Trim();
        }

        return true;
    }

    /// <summary>Whether the log still holds everything after this position.</summary>
    public bool Holds(ulong position) => position <= Written && position >= (_head?.First ?? Written);

    /// <summary>Makes everything after this position unsent again.</summary>
    public void Rewind(ulong position)
    {
        Acknowledge(position);
        Unsent = 0;
        _unsent = null;
        for (var segment = _head; segment is not null; segment = segment.Next)
        {
            segment.Sent = segment.OffsetOf(position);
            var unsent = segment.Length - segment.Sent;
            Unsent += unsent;
            if (unsent > 0)
            {
                _unsent ??= segment;
            }
        }
    }

    /// <summary>Gives all memory back.</summary>
    public void Clear()
    {
        _acknowledged = Written;
        _unsent = null;
        Unsent = 0;
        for (var segment = _head; segment is not null; segment = segment.Next)
        {
            segment.Sent = segment.Length;
        }

        Trim();
    }

    private OutboundSegment Append(int size)
    {
        // Half of what is outstanding: a busy connection gets large segments, and none holds much more than it must. A piece of a large message
        // has others behind it, which shall share its message to the connection.
        var wanted = size >= LargePiece ? LargestSegment : (int)Math.Clamp(Unacknowledged / 2, SmallestSegment, LargestSegment);
        var segment = new OutboundSegment(Pool.Rent(Math.Max(wanted, size)), LargestSegment, Written);
        if (_tail is null)
        {
            _head = segment;
        }
        else
        {
            _tail.Next = segment;
        }

        return _tail = segment;
    }

    private void Trim()
    {
        // A taken segment is still being read by the socket, however soon its bytes were acknowledged.
        while (_head is { } head && head != _taken && head.First + (ulong)head.Frames <= _acknowledged && head.Sent == head.Length)
        {
            Unacknowledged -= head.Length;
            _head = head.Next;
            if (_head is null)
            {
                _tail = null;
            }

            Pool.Return(head.Buffer);
        }
    }
}
