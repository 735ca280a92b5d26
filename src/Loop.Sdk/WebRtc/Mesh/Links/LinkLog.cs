using System.Diagnostics.CodeAnalysis;

namespace Loop.Sdk.WebRtc;

/// <summary>
/// What makes messages survive their transports: they are numbered and kept until the peer has them; on a transport that takes over, the ones the peer lacks are sent again, and what comes twice
/// is passed over. Bounded. Not safe for concurrent use.
/// </summary>
internal sealed class LinkLog(int maxBytes)
{
    private const int MaxHead = 256;

    private readonly List<byte[]> _kept = [];
    private int _head;
    private long _bytes;
    private long _acknowledged;
    private long _next = 1;

    /// <summary>How many of the peer's messages were received.</summary>
    public long Received { get; private set; }

    /// <summary>Whether a message may be added.</summary>
    public bool HasRoom => _bytes < maxBytes;

    private int Count => _kept.Count - _head;

    public void Add(string name, ReadOnlySpan<byte> payload)
    {
        var frame = LinkFrame.Message(LinkFrameKind.Message, _acknowledged + Count + 1, name, payload);
        _kept.Add(frame);
        _bytes += frame.Length;
    }

    /// <summary>The peer has received this many messages.</summary>
    /// <returns>False if there were not so many.</returns>
    public bool Acknowledge(long count)
    {
        if (count > _acknowledged + Count)
        {
            return false;
        }

        for (; _acknowledged < count; _acknowledged++)
        {
            _bytes -= _kept[_head++].Length;
        }

        if (_head == _kept.Count || _head >= MaxHead)
        {
            _kept.RemoveRange(0, _head);
            _head = 0;
        }

        _next = Math.Max(_next, _acknowledged + 1);
        return true;
    }

    /// <summary>The peer has forgotten everything: what it has not acknowledged goes again, as the first messages of a new life.</summary>
    public void Renumber()
    {
        for (var index = _head; index < _kept.Count; index++)
        {
            LinkFrame.WriteNumber(_kept[index], index - _head + 1);
        }

        _acknowledged = 0;
        _next = 1;
        Received = 0;
    }

    /// <summary>Another transport takes over: everything that the peer may lack goes again.</summary>
    public void Rewind() => _next = _acknowledged + 1;

    /// <summary>The next message to send.</summary>
    public bool TryNext([NotNullWhen(true)] out byte[]? frame)
    {
        frame = null;
        if (_next > _acknowledged + Count)
        {
            return false;
        }

        frame = _kept[_head + (int)(_next - _acknowledged - 1)];
        _next++;
        return true;
    }

    /// <summary>Takes a message's number.</summary>
    /// <returns>Whether it is new; null if some are missing before it.</returns>
    public bool? Take(long number)
    {
        if (number > Received + 1)
        {
            return null;
        }

        if (number <= Received)
        {
            return false;
        }

        Received = number;
        return true;
    }
}
