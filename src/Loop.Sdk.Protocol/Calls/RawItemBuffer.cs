using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Loop.Sdk.Contracts;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Calls;

/// <summary>Raw items: copied one after the other into pooled slabs. A slab is given back when the consumer moves on to an item of the next one.</summary>
internal sealed class RawItemBuffer(SessionStream stream) : ItemBuffer<ReadOnlyMemory<byte>>(stream, PayloadCodec.Raw)
{
    private const int FirstSlab = 4 * 1024;
    private const int LargestSlab = 64 * 1024;

    private readonly ConcurrentQueue<byte[]> _slabs = new();
    private byte[] _slab = [];
    private int _used;
    private byte[]? _current;

    protected override ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> payload, byte[]? owned)
    {
        if (owned is not null)
        {
            // The consumer will see an item of another array, and gives back the slab: nothing may be added to it any more.
            _slab = [];
            _used = 0;
            return owned;
        }

        if (payload.Length > _slab.Length - _used)
        {
            _slab = ArrayPool<byte>.Shared.Rent(Math.Max(payload.Length, Math.Clamp(_slab.Length * 2, FirstSlab, LargestSlab)));
            _slabs.Enqueue(_slab);
            _used = 0;
        }

        payload.CopyTo(_slab.AsSpan(_used));
        var item = _slab.AsMemory(_used, payload.Length);
        _used += payload.Length;
        return item;
    }

    protected override void OnAdvance(ReadOnlyMemory<byte> item)
    {
        MemoryMarshal.TryGetArray(item, out var segment);
        if (segment.Array == _current)
        {
            return;
        }

        _current = segment.Array;
        if (!_slabs.Contains(_current))
        {
            // An array of the item's own, or none: the slab before it may still be in use.
            return;
        }

        // Items come in order, so an item of a later slab means that no item of an earlier one is left, nor will be.
        while (_slabs.TryPeek(out var earlier) && earlier != _current)
        {
            _slabs.TryDequeue(out _);
            ArrayPool<byte>.Shared.Return(earlier);
        }
    }
}
