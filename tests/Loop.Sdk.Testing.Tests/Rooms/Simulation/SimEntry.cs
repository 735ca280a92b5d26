namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>What was tried and acknowledged of one timeline entry.</summary>
internal sealed class SimEntry
{
    private readonly Dictionary<long, HashSet<string>> _tried = [];
    private readonly Dictionary<long, string> _acknowledged = [];

    /// <summary>Its place, once acknowledged; 0 before.</summary>
    public long Sequence { get; private set; }

    /// <summary>The newest version that was acknowledged, the deletion's excepted.</summary>
    public long Version => _acknowledged.Count == 0 ? 0 : _acknowledged.Keys.Max();

    public bool IsDeleted { get; set; }

    public bool MayBeDeleted { get; set; }

    public void Try(long version, string text)
    {
        if (!_tried.TryGetValue(version, out var texts))
        {
            _tried[version] = texts = [];
        }

        texts.Add(text);
    }

    public void Acknowledge(long sequence, long version, string text)
    {
        SimFailure.Unless(Sequence == 0 || Sequence == sequence, $"an entry was acknowledged at {Sequence} and at {sequence}");
        SimFailure.Unless(_acknowledged.TryAdd(version, text), $"version {version} of entry {sequence} was acknowledged twice: '{_acknowledged[version]}' and '{text}'");
        Sequence = sequence;
    }

    /// <summary>Whether this can be the text of that version.</summary>
    public bool CanBe(long version, string text) =>
        _acknowledged.TryGetValue(version, out var acknowledged) ? acknowledged == text : _tried.TryGetValue(version, out var tried) && tried.Contains(text);
}
