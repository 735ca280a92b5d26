using System.Numerics;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>
/// Memory for messages, of one association and so without locks. Sizes go in half steps of powers of two, so that no more than a third is wasted. What comes back is kept, up to a bound,
/// until <see cref="Trim"/>.
/// </summary>
internal sealed class BlockPool(long maxKept)
{
    private const int MinSize = 64;
    private const int Classes = 44;

    private readonly Stack<byte[]>?[] _free = new Stack<byte[]>?[Classes];
    private long _kept;

    /// <summary>Gives at least <paramref name="length"/> bytes, up to 64 MiB, with whatever is in them.</summary>
    public byte[] Rent(int length)
    {
        var (index, size) = ClassOf(length);
        if (_free[index] is { Count: > 0 } stack)
        {
            _kept -= size;
            return stack.Pop();
        }

        return GC.AllocateUninitializedArray<byte>(size);
    }

    public void Return(byte[] block)
    {
        if (_kept + block.Length > maxKept)
        {
            return;
        }

        _kept += block.Length;
        (_free[ClassOf(block.Length).Index] ??= new Stack<byte[]>()).Push(block);
    }

    /// <summary>Lets go of everything that nobody uses.</summary>
    public void Trim()
    {
        Array.Clear(_free);
        _kept = 0;
    }

    private static (int Index, int Size) ClassOf(int length)
    {
        if (length <= MinSize)
        {
            return (0, MinSize);
        }

        var log = BitOperations.Log2((uint)length - 1);
        var half = 3 << (log - 1);
        return length <= half ? ((2 * (log - 6)) + 1, half) : ((2 * (log - 6)) + 2, 2 << log);
    }
}
