namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>All fragments of an association that came before their turn.</summary>
internal sealed class FragmentTable
{
    public const int None = -1;

    private Fragment[] _fragments = [];
    private int _free = None;

    public ref Fragment this[int index] => ref _fragments[index];

    /// <summary>Puts a fragment where it belongs; gives back where it is, or <see cref="None"/> if there is one in its place.</summary>
    public int Insert(ref FragmentList list, in Fragment fragment)
    {
        // Most come in order, so the search begins at the end; after a loss, they fill the first gap.
        var after = list.Last;
        if (!list.IsEmpty && _fragments[list.First].CompareTo(fragment.Number, fragment.Position) > 0)
        {
            after = None;
        }

        while (after != None && _fragments[after].CompareTo(fragment.Number, fragment.Position) > 0)
        {
            after = _fragments[after].Previous;
        }

        if (after != None && _fragments[after].CompareTo(fragment.Number, fragment.Position) == 0)
        {
            return None;
        }

        var index = Take();
        ref var slot = ref _fragments[index];
        slot = fragment;
        slot.Previous = after;
        slot.Next = after == None ? list.First : _fragments[after].Next;
        (after == None ? ref list.First : ref _fragments[after].Next) = index;
        (slot.Next == None ? ref list.Last : ref _fragments[slot.Next].Previous) = index;
        return index;
    }

    /// <summary>Takes a fragment out; its memory is the caller's.</summary>
    public void Remove(ref FragmentList list, int index)
    {
        ref var slot = ref _fragments[index];
        (slot.Previous == None ? ref list.First : ref _fragments[slot.Previous].Next) = slot.Next;
        (slot.Next == None ? ref list.Last : ref _fragments[slot.Next].Previous) = slot.Previous;
        slot = default;
        slot.Next = _free;
        _free = index;
    }

    private int Take()
    {
        if (_free == None)
        {
            var old = _fragments.Length;
            Array.Resize(ref _fragments, Math.Max(16, old * 2));
            for (var index = old; index < _fragments.Length; index++)
            {
                _fragments[index].Next = index + 1 < _fragments.Length ? index + 1 : None;
            }

            _free = old;
        }

        var taken = _free;
        _free = _fragments[taken].Next;
        return taken;
    }
}
