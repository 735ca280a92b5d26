namespace Loop.Sdk.Server.Push;

/// <summary>The broadcasts that one browser follows, and the versions that it has.</summary>
internal sealed class MozillaBroadcasts(PushBroadcasts broadcasts)
{
    private const int Most = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>Something that is followed may have another version now.</summary>
    public event Action? Change;

    /// <summary>Follows what a browser names, each with the version that it has.</summary>
    /// <returns>What is not as it has it, and what there is not.</returns>
    public (IReadOnlyDictionary<string, string> News, IReadOnlyList<string> Unknown) Add(IReadOnlyDictionary<string, string> wanted)
    {
        var unknown = new List<string>();
        lock (_lock)
        {
            foreach (var (id, version) in wanted)
            {
                if (broadcasts.Find(id) is null)
                {
                    unknown.Add(id);
                }
                else if (_known.Count < Most || _known.ContainsKey(id))
                {
                    _known[id] = version;
                    _changed.Add(id);
                }
            }
        }

        return (TakeNews(), unknown);
    }

    /// <summary>What the browser does not have yet. It is taken to have it then.</summary>
    public IReadOnlyDictionary<string, string> TakeNews()
    {
        var news = new Dictionary<string, string>(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (var id in _changed)
            {
                if (broadcasts.Find(id) is { } version && _known[id] != version)
                {
                    news[id] = _known[id] = version;
                }
            }

            _changed.Clear();
        }

        return news;
    }

    public void Changed(string id)
    {
        lock (_lock)
        {
            if (!_known.ContainsKey(id))
            {
                return;
            }

            _changed.Add(id);
        }

        Change?.Invoke();
    }
}
