namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Events that wait to be taken, in a ring that grows.</summary>
internal sealed class EventQueue<T>
{
    private T[] _ring = new T[16];
    private int _head;
    private int _count;

    public void Add(in T item)
    {
        if (_count == _ring.Length)
        {
            var larger = new T[_ring.Length * 2];
            _ring.AsSpan(_head).CopyTo(larger);
            _ring.AsSpan(0, _head).CopyTo(larger.AsSpan(_ring.Length - _head));
            _ring = larger;
            _head = 0;
        }

        _ring[(_head + _count++) & (_ring.Length - 1)] = item;
    }

    public bool TryTake(out T item)
    {
        if (_count == 0)
        {
            item = default!;
            return false;
        }

        ref var slot = ref _ring[_head];
        item = slot;
        slot = default!;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        return true;
    }
}
