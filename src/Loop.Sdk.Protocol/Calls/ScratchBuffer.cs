using System.Buffers;

namespace Loop.Sdk.Calls;

/// <summary>A thread's own buffer for one payload at a time, between the serialiser and the log.</summary>
internal sealed class ScratchBuffer : IBufferWriter<byte>
{
    // What one large payload left behind is not kept for the thread's life.
    private const int KeptSize = 64 * 1024;

    [ThreadStatic]
    private static ScratchBuffer? _ofThread;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Gives the calling thread's buffer, empty.</summary>
    public static ScratchBuffer Rent()
    {
        var scratch = _ofThread ??= new ScratchBuffer();
        scratch._length = 0;
        if (scratch._bytes.Length > KeptSize)
        {
            scratch._bytes = new byte[1024];
        }

        return scratch;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _bytes.AsSpan(_length);
    }

    private void Ensure(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (_bytes.Length - _length < wanted)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + wanted));
        }
    }
}
