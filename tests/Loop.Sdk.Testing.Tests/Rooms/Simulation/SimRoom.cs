using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>What the schedule knows of one room: its links, and everything that was tried and acknowledged. Safe for concurrent use.</summary>
internal sealed class SimRoom(string token)
{
    private readonly Lock _lock = new();
    private readonly List<string> _links = [];
    private readonly Dictionary<string, SimEntry> _entries = [];
    private readonly HashSet<string> _loose = [];
    private (long Version, string? Name) _name;

    public string Token => token;

    /// <summary>The links that were given out, the oldest first.</summary>
    public IReadOnlyList<string> Links
    {
        get
        {
            lock (_lock)
            {
                return [.. _links];
            }
        }
    }

    /// <summary>Somebody was told that it is deleted.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Somebody tried to delete it.</summary>
    public bool MayBeDeleted { get; set; }

    public static int EpochOf(string link)
    {
        using var parsed = RoomLink.Parse(link);
        return parsed.Key!.Epoch;
    }

    public void Publish(string link)
    {
        lock (_lock)
        {
            if (!_links.Contains(link))
            {
                _links.Add(link);
            }
        }
    }

    public void Try(string key, long version, string text) => Change(key, entry => entry.Try(version, text));

    public void Acknowledge(string key, long sequence, long version, string text) => Change(key, entry => entry.Acknowledge(sequence, version, text));

    public void TryDelete(string key) => Change(key, static entry => entry.MayBeDeleted = true);

    public void AcknowledgeDeletion(string key) => Change(key, static entry => entry.IsDeleted = true);

    /// <summary>The room may get this name.</summary>
    public void TryName(string name)
    {
        lock (_lock)
        {
            _loose.Add(name);
        }
    }

    /// <summary>The room had this name at this version.</summary>
    public void AcknowledgeName(long version, string name)
    {
        lock (_lock)
        {
            _loose.Remove(name);
            if (version > _name.Version)
            {
                _name = (version, name);
            }
        }
    }

    /// <summary>Whether this can be the name of the room, when nobody is about to change it.</summary>
    public bool CanBeNamed(string? name)
    {
        lock (_lock)
        {
            return name == _name.Name || (name is not null && _loose.Contains(name));
        }
    }

    /// <summary>Looks at every entry that was tried.</summary>
    public IReadOnlyDictionary<string, SimEntry> Entries()
    {
        lock (_lock)
        {
            return new Dictionary<string, SimEntry>(_entries);
        }
    }

    private void Change(string key, Action<SimEntry> change)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = entry = new SimEntry();
            }

            change(entry);
        }
    }
}
