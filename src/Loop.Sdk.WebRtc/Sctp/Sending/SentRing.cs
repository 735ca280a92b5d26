namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>The chunks from the first that the peer has not acknowledged for good to the last that was sent, by TSN; those under way and those lost are in a list each.</summary>
internal sealed class SentRing
{
    /// <summary>How many there may be: a peer can tell of gaps up to 65 535 chunks away, and keeps no more than it likes.</summary>
    public const int MaxCount = 30_000;

    private SentChunk[] _ring = new SentChunk[64];
    private SentList _inFlight;
    private SentList _lost;

    /// <summary>The last TSN that is acknowledged for good.</summary>
    public uint Cumulative { get; private set; }

    /// <summary>The TSN that is used next.</summary>
    public uint Next { get; private set; }

    public int Count => SerialNumber.Distance(Next, Cumulative) - 1;

    public bool IsFull => Count >= MaxCount;

    /// <summary>Bytes under way.</summary>
    public long InFlight { get; private set; }

    public bool HasInFlight => _inFlight.Count > 0;

    public bool HasLost => _lost.Count > 0;

    /// <summary>The TSN of those under way that was sent longest ago.</summary>
    public uint Oldest => _inFlight.First;

    /// <summary>The TSN of those under way that was sent last.</summary>
    public uint Newest => _inFlight.Last;

    /// <summary>The lost one that is to be sent first.</summary>
    public uint FirstLost => _lost.First;

    public ref SentChunk this[uint tsn] => ref _ring[tsn & (uint)(_ring.Length - 1)];

    public void Reset(uint initialTsn)
    {
        Cumulative = initialTsn - 1;
        Next = initialTsn;
        InFlight = 0;
        _inFlight = _lost = default;
    }

    /// <summary>Adds the next chunk, under way.</summary>
    public uint Add(in SentChunk chunk)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        var tsn = Next++;
        this[tsn] = chunk;
        this[tsn].State = SentState.InFlight;
        InFlight += chunk.Length;
        Append(ref _inFlight, tsn);
        return tsn;
    }

    /// <summary>Changes where a chunk stands.</summary>
    public void Move(uint tsn, SentState state)
    {
        ref var chunk = ref this[tsn];
        switch (chunk.State)
        {
            case SentState.InFlight:
                Remove(ref _inFlight, tsn);
                InFlight -= chunk.Length;
                break;
            case SentState.Lost:
                Remove(ref _lost, tsn);
                break;
        }

        chunk.State = state;
        switch (state)
        {
            case SentState.InFlight:
                Append(ref _inFlight, tsn);
                InFlight += chunk.Length;
                break;
            case SentState.Lost:
                Append(ref _lost, tsn);
                break;
        }
    }

    /// <summary>Lets go of the first chunk, which is in no list.</summary>
    public void RemoveFirst() => Cumulative++;

    private void Append(ref SentList list, uint tsn)
    {
        if (list.Count++ == 0)
        {
            list.First = list.Last = tsn;
            return;
        }

        this[list.Last].Next = tsn;
        this[tsn].Previous = list.Last;
        list.Last = tsn;
    }

    private void Remove(ref SentList list, uint tsn)
    {
        ref var chunk = ref this[tsn];
        if (--list.Count == 0)
        {
            return;
        }

        if (list.First == tsn)
        {
            list.First = chunk.Next;
        }
        else if (list.Last == tsn)
        {
            list.Last = chunk.Previous;
        }
        else
        {
            this[chunk.Previous].Next = chunk.Next;
            this[chunk.Next].Previous = chunk.Previous;
        }
    }

    private void Grow()
    {
        var larger = new SentChunk[_ring.Length * 2];
        for (var tsn = Cumulative + 1; tsn != Next; tsn++)
        {
            larger[tsn & (uint)(larger.Length - 1)] = this[tsn];
        }

        _ring = larger;
    }
}
