namespace Loop.Bench.Load.Wire;

/// <summary>Bytes to send, appended one frame after another.</summary>
internal sealed class GrowableBuffer
{
    private const int InitialSize = 256;

    private byte[] _bytes = new byte[InitialSize];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public Span<byte> Append(int count)
    {
        var start = Length;
        Length += count;
        if (Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length, _bytes.Length * 2));
        }

        return _bytes.AsSpan(start, count);
    }

    public void Clear() => Length = 0;
}
