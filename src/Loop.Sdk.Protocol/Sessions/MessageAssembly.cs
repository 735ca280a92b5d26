namespace Loop.Sdk.Sessions;

/// <summary>
/// A message that arrives in several frames. The buffer grows with what has arrived, not with what was announced, so that announcing costs the
/// announcer as much as it costs us.
/// </summary>
internal sealed class MessageAssembly(int total)
{
    private const int FirstSize = 64 * 1024;
    private const int Growth = 4;

    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(Math.Min(total, FirstSize));

    public int Reserved => _buffer.Length;

    public int Length { get; private set; }

    public bool IsComplete => Length == total;

    /// <summary>The whole message, in an array of exactly its length.</summary>
    public byte[] Message => _buffer;

    public void Append(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > total - Length)
        {
            throw new LoopException(ErrorCodes.ProtocolError, "A message is longer than announced.");
        }

        if (payload.Length > _buffer.Length - Length)
        {
            var size = (int)Math.Min(total, Math.Max((long)_buffer.Length * Growth, Length + payload.Length));
            var larger = GC.AllocateUninitializedArray<byte>(size);
            _buffer.AsSpan(0, Length).CopyTo(larger);
            _buffer = larger;
        }

        payload.CopyTo(_buffer.AsSpan(Length));
        Length += payload.Length;
    }
}
