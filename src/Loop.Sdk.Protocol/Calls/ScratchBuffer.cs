using System.Buffers;

namespace Loop.Sdk.Calls;

/// <summary>A thread's own buffer for one payload at a time, between the serialiser and the log.</summary>
internal sealed class ScratchBuffer : IBufferWriter<byte>
{
    // What one large payload needs is not kept for the thread's life: it is lent by the pool.
    private const int KeptSize = 64 * 1024;

    [ThreadStatic]
    private static ScratchBuffer? _ofThread;

    private byte[] _own = new byte[1024];
    private byte[]? _lent;
    private int _length;

    /// <summary>What was written, until the buffer is rented again.</summary>
    public ReadOnlyMemory<byte> Written => Bytes.AsMemory(0, _length);

    private byte[] Bytes => _lent ?? _own;

    /// <summary>Gives the calling thread's buffer, empty.</summary>
    public static ScratchBuffer Rent()
    {
        var scratch = _ofThread ??= new ScratchBuffer();
        scratch._length = 0;
        scratch.GiveBack();
        return scratch;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return Bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return Bytes.AsSpan(_length);
    }

    private void Ensure(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (Bytes.Length - _length < wanted)
        {
            Grow(Math.Max(Bytes.Length * 2, _length + wanted));
        }
    }

    private void Grow(int size)
    {
        if (size <= KeptSize)
        {
            Array.Resize(ref _own, size);
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(size);
        Written.CopyTo(larger);
        GiveBack();
        _lent = larger;
    }

    private void GiveBack()
    {
        if (_lent is { } lent)
        {
            _lent = null;
            ArrayPool<byte>.Shared.Return(lent);
        }
    }
}
