using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Push;

/// <summary>What was sent from the store to a browser, until all of it was acknowledged: only then more is read.</summary>
internal sealed class MozillaBatch(bool isWhole)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, bool> _open = new(StringComparer.Ordinal);
    private readonly List<(string Id, PushOutcome Outcome)> _done = [];

    /// <summary>Whether everything was acknowledged.</summary>
    public bool IsDone
    {
        get
        {
            lock (_lock)
            {
                return _open.Count == 0;
            }
        }
    }

    public void Add(PushMessageRecord message)
    {
        lock (_lock)
        {
            _open.Add(message.Id, message.Topic is not null);
        }
    }

    /// <summary>Takes acknowledgements.</summary>
    /// <returns>Those messages that can be forgotten now.</returns>
    public IReadOnlyList<(string Id, PushOutcome Outcome)> Acknowledge(IEnumerable<(string Id, PushOutcome Outcome)> acknowledged)
    {
        var forgotten = new List<(string, PushOutcome)>();
        lock (_lock)
        {
            foreach (var one in acknowledged)
            {
                // What has a topic is forgotten alone, and so is what did not come from the store.
                (isWhole && _open.Remove(one.Id, out var hasTopic) && !hasTopic ? _done : forgotten).Add(one);
                _open.Remove(one.Id);
            }

            if (_open.Count == 0)
            {
                forgotten.AddRange(_done);
                _done.Clear();
            }
        }

        return forgotten;
    }
}
