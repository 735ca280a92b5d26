namespace Loop.Sdk.Server.Presence;

/// <summary>What was heard of another node, put in order.</summary>
internal sealed class NodeInbox(string node)
{
    private const int MostAhead = 1024;

    private readonly SortedDictionary<long, IReadOnlyList<NodeChange>> _ahead = [];
    private long _seen;
    private long? _applied;
    private long _partsNumber;
    private IReadOnlyList<NodeChange>?[] _parts = [];

    public string Node => node;

    /// <summary>When its members are gone unless it is heard of, as a timestamp.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>Whether it has said goodbye: then nothing prolongs its members.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whether nothing is known of what it has.</summary>
    public bool IsUnknown => _applied is null;

    /// <summary>Whether something is missing.</summary>
    public bool HasGap => _applied is not { } applied || _seen > applied;

    /// <summary>Whether it was asked for everything a moment ago.</summary>
    public bool IsAsked { get; set; }

    /// <summary>It has sent changes up to this number.</summary>
    public void See(long number) => _seen = Math.Max(_seen, number);

    public void Take(long number, IReadOnlyList<NodeChange> changes)
    {
        See(number);
        if (number <= _applied)
        {
            return;
        }

        // Too far ahead for what is missing to come yet: all of it will be asked for.
        if (_ahead.Count == MostAhead)
        {
            _ahead.Clear();
        }

        _ahead[number] = changes;
    }

    /// <summary>Gives the changes that come next, if they are there.</summary>
    public bool TryTakeNext(out IReadOnlyList<NodeChange> changes)
    {
        if (_applied is { } applied && _ahead.Remove(applied + 1, out changes!))
        {
            _applied = applied + 1;
            return true;
        }

        changes = [];
        return false;
    }

    /// <summary>Takes a part of everything.</summary>
    /// <returns>Everything, once all parts are there and it is news.</returns>
    public IEnumerable<NodeChange>? Take(long number, NodeWhole whole)
    {
        See(number);
        if (!HasGap || number < (_applied ?? 0) || number < _partsNumber || whole.Part < 0 || whole.Part >= whole.Parts)
        {
            return null;
        }

        if (number > _partsNumber || _parts.Length != whole.Parts)
        {
            _partsNumber = number;
            _parts = new IReadOnlyList<NodeChange>?[whole.Parts];
        }

        _parts[whole.Part] = whole.Members;
        if (Array.Exists(_parts, static part => part is null))
        {
            return null;
        }

        var all = _parts.SelectMany(static part => part!);
        _parts = [];
        _applied = number;
        foreach (var old in _ahead.Keys.TakeWhile(ahead => ahead <= number).ToList())
        {
            _ahead.Remove(old);
        }

        return all;
    }
}
