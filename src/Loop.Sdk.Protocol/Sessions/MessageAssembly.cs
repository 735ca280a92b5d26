namespace Loop.Sdk.Sessions;

/// <summary>
/// A message that arrives in several frames. The buffer grows with what has arrived, not with what was announced, so that announcing costs the
/// announcer as much as it costs us.
/// </summary>
internal sealed class MessageAssembly(int total)
{
    // The buffer is never larger than what has arrived, times this.
    private const int Growth = 8;

    private byte[] _buffer = [];

    // The buffer before the last growth. It is moved bit by bit: all at once, megabytes would hold up everything else on the connection.
    private byte[] _smaller = [];
    private int _moved;
    private int _toMove;

    public int Reserved => _buffer.Length;

    public int Length { get; private set; }

    public int Missing => total - Length;

    public bool IsComplete => Missing == 0;

    /// <summary>The whole message, in an array of exactly its length.</summary>
    public byte[] Message => _buffer;

    public void Append(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > Missing)
        {
            throw new LoopException(ErrorCodes.ProtocolError, "A message is longer than announced.");
        }

        if (payload.Length > _buffer.Length - Length)
        {
            Grow(Length + payload.Length);
        }

        payload.CopyTo(_buffer.AsSpan(Length));
        Length += payload.Length;

        // At this pace the move ends long before the buffer is full again.
        Move(IsComplete ? _toMove : payload.Length);
    }

    private void Grow(int needed)
    {
        Move(_toMove);
        (_smaller, _moved, _toMove) = (_buffer, 0, Length);

        // Of the sizes that lead up to the whole message, the least that will do: so the last step, the largest, moves no more than it must.
        var size = total;
        while (size / Growth >= needed)
        {
            size /= Growth;
        }

        _buffer = GC.AllocateUninitializedArray<byte>(size);
    }

    private void Move(int most)
    {
        if (_toMove > 0)
        {
            var count = Math.Min(most, _toMove);
            _smaller.AsSpan(_moved, count).CopyTo(_buffer.AsSpan(_moved));
            _moved += count;
            _toMove -= count;
            if (_toMove == 0)
            {
                _smaller = [];
            }
        }
    }
}
