namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>The runs of TSNs beyond the first gap that the peer said it has, so that each acknowledgement costs only what is new in it.</summary>
internal sealed class SentBlocks
{
    private (uint First, uint Last)[] _known = new (uint, uint)[16];
    private (uint First, uint Last)[] _next = new (uint, uint)[16];
    private int _knownCount;
    private int _nextCount;
    private int _cursor;

    public void Clear() => _knownCount = _nextCount = 0;

    /// <summary>Begins with an acknowledgement, whose runs come in order.</summary>
    public void Begin() => _nextCount = _cursor = 0;

    /// <summary>Notes a run.</summary>
    public void Add(uint first, uint last)
    {
        if (_nextCount == _next.Length)
        {
            Array.Resize(ref _next, 2 * _nextCount);
        }

        _next[_nextCount++] = (first, last);
    }

    /// <summary>Takes the first part of a run that was not known; false if all the rest was.</summary>
    public bool TryTakeNew(ref uint first, uint last, out uint newLast)
    {
        while (SerialNumber.IsAtOrBefore(first, last))
        {
            while (_cursor < _knownCount && SerialNumber.IsAfter(first, _known[_cursor].Last))
            {
                _cursor++;
            }

            if (_cursor == _knownCount || SerialNumber.IsAfter(_known[_cursor].First, last))
            {
                newLast = last;
                return true;
            }

            if (SerialNumber.IsAfter(_known[_cursor].First, first))
            {
                newLast = _known[_cursor].First - 1;
                return true;
            }

            first = _known[_cursor].Last + 1;
        }

        newLast = last;
        return false;
    }

    /// <summary>Ends with an acknowledgement.</summary>
    public void End()
    {
        (_known, _next) = (_next, _known);
        _knownCount = _nextCount;
    }
}
