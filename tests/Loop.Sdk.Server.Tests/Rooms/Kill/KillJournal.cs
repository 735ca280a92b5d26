using System.Collections.Concurrent;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Rooms.Kill;

/// <summary>Everything that clients were told is done, and whether a store has it.</summary>
internal sealed class KillJournal
{
    private readonly ConcurrentDictionary<string, byte> _rooms = new();
    private readonly ConcurrentDictionary<string, byte> _dropping = new();
    private readonly ConcurrentDictionary<string, byte> _dropped = new();
    private readonly ConcurrentDictionary<string, (long Sequence, long Version)> _entries = new();
    private readonly ConcurrentDictionary<string, byte> _deleted = new();
    private int _epoch = 1;
    private int _count;
    private (int Count, TaskCompletionSource Reached) _waiting = (int.MaxValue, new());

    public int Count => Volatile.Read(ref _count);

    /// <summary>What a version of an entry says: nobody writes anything else into it.</summary>
    public static string TextOf(string key, long version) => $"{key} in version {version}";

    /// <summary>Completes when so many more writes were acknowledged.</summary>
    public Task WhenAsync(int more)
    {
        _waiting = (Count + more, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _waiting.Reached.Task;
    }

    public void Created(string token) => Done(_rooms.TryAdd(token, 0));

    public void Dropping(string token) => _dropping.TryAdd(token, 0);

    public void Dropped(string token) => Done(_dropped.TryAdd(token, 0));

    public void Rotated(int epoch)
    {
        _epoch = Math.Max(_epoch, epoch);
        Done(true);
    }

    public void Wrote(string key, long sequence, long version)
    {
        _entries.AddOrUpdate(key, (sequence, version), (_, before) => (sequence, Math.Max(version, before.Version)));
        Done(true);
    }

    public void Deleted(string key) => Done(_deleted.TryAdd(key, 0));

    /// <summary>Fails unless the store has everything, and nothing of it in half.</summary>
    public async Task VerifyAsync(IRoomStorage store, string owner, string main)
    {
        // From before the first change: all rooms and all tombstones there ever were.
        var changes = await store.Rooms.ListAsync(owner, 0, RoomStorageLimits.MaxChanges, CancellationToken.None);
        var rooms = changes.Items.Where(static change => change.Room is not null).ToDictionary(static change => change.Token, static change => change.Room!);
        var lost = _rooms.Keys.Where(token => !rooms.ContainsKey(token) && !_dropping.ContainsKey(token)).ToArray();
        Assert.IsEmpty(lost, $"Rooms are lost: {string.Join(' ', lost)}");
        var back = _dropped.Keys.Where(rooms.ContainsKey).ToArray();
        Assert.IsEmpty(back, $"Rooms are back that were deleted: {string.Join(' ', back)}");
        Assert.IsGreaterThanOrEqualTo(_epoch, rooms[main].Epoch, "A rotation is lost.");
        var entries = await ReadAsync(store, main);
        var byKey = entries.ToDictionary(static entry => entry.Key);
        foreach (var (key, (sequence, version)) in _entries)
        {
            Assert.AreEqual(sequence, byKey.GetValueOrDefault(key)?.Sequence, $"Entry {key} is lost.");
            Assert.IsGreaterThanOrEqualTo(version, byKey[key].Version, $"An edit of entry {key} is lost.");
        }

        Assert.IsTrue(_deleted.Keys.All(key => byKey[key] is { Deleted: true, Payload.IsEmpty: true }), "A deletion is lost.");
    }

    /// <summary>A whole timeline: each place is taken, each offset was given once.</summary>
    public static async Task<List<EntryRecord>> ReadAsync(IRoomStorage store, string room)
    {
        var entries = new List<EntryRecord>();
        for (TimelinePage? page = null; page is null or { More: true };)
        {
            page = (await store.Timelines.ReadChangesAsync(room, entries.Count == 0 ? 0 : entries[^1].Offset, RoomStorageLimits.MaxPage, CancellationToken.None))!;
            entries.AddRange(page.Entries);
        }

        entries.Sort(static (one, other) => one.Sequence.CompareTo(other.Sequence));
        Assert.IsTrue(entries.Select(static entry => entry.Sequence).SequenceEqual(Enumerable.Range(1, entries.Count).Select(static number => (long)number)), "A place is empty.");
        Assert.HasCount(entries.Count, entries.Select(static entry => entry.Offset).Distinct().ToList());
        return entries;
    }

    private void Done(bool isNew)
    {
        Assert.IsTrue(isNew);
        if (Interlocked.Increment(ref _count) >= _waiting.Count)
        {
            _waiting.Reached.TrySetResult();
        }
    }
}
