using System.Security.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Availability;

/// <summary>
/// Everybody who granted an application, as a feed. There may be more of them than fit into a message, so that it is one over a store, which is this: people by the number of their last
/// change.
/// </summary>
internal sealed class PeopleBook : IFeedStore<KeyedSnapshot<PersonAvailability>, KeyedChange<string, PersonAvailability>>, IDisposable
{
    private const int InMessage = 1000;
    private const int MostTombstones = 10_000;

    private readonly AvailabilityCore _core;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly Dictionary<string, long> _changes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, (string Id, PersonAvailability? Person)> _log = [];
    private readonly Queue<long> _tombstones = [];
    private readonly ulong _epoch = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private long _head;
    private long _floor;
    private bool _isLoaded;

    public PeopleBook(AvailabilityCore core, string application)
    {
        _core = core;
        Application = application;
        Feed = new(this);
    }

    public string Application { get; }

    /// <summary>How many use it. Counted under the table's lock.</summary>
    public int Uses { get; set; }

    public StoredFeed<KeyedSnapshot<PersonAvailability>, KeyedChange<string, PersonAvailability>> Feed { get; }

    /// <summary>Somebody granted the application, or is available otherwise. The same as before is no news.</summary>
    public void Put(PersonAvailability person)
    {
        lock (_lock)
        {
            if (_changes.TryGetValue(person.Id, out var change) && _log[change].Person == person)
            {
                return;
            }

            Set(person.Id, person);
        }

        Feed.Advance();
    }

    /// <summary>Somebody revoked the grant. That is remembered while the rest is being read from the store, which may still have it.</summary>
    public void Remove(string id)
    {
        lock (_lock)
        {
            Set(id, person: null);
        }

        Feed.Advance();
    }

    /// <summary>Reads everybody from the store, the first time.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var after = ""; !_isLoaded;)
            {
                var people = await _core.Storage.ListPeopleAsync(Application, after, InMessage, cancellationToken).ConfigureAwait(false);
                lock (_lock)
                {
                    foreach (var person in people.Where(person => !_changes.ContainsKey(person.Grant.Id)))
                    {
                        Set(person.Grant.Id, _core.View(person));
                    }
                }

                _isLoaded = people.Count < InMessage;
                after = people.Count > 0 ? people[^1].Grant.Id : after;
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    public ValueTask<StoredState<KeyedSnapshot<PersonAvailability>, KeyedChange<string, PersonAvailability>>> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var pieces = Pieces([.. _log.Where(static entry => entry.Value.Person is not null)]);
            return ValueTask.FromResult(pieces is [var first, .. var rest]
                ? new StoredState<KeyedSnapshot<PersonAvailability>, KeyedChange<string, PersonAvailability>>(new(first.Change.Put!), first.Position, rest)
                : new(new([]), At(_head), Rest: []));
        }
    }

    public ValueTask<StoredChanges<KeyedChange<string, PersonAvailability>>?> ReadSinceAsync(FeedPosition since, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(since.Epoch == _epoch && since.Offset >= _floor && since.Offset <= _head
                ? new StoredChanges<KeyedChange<string, PersonAvailability>>(Pieces([.. After(since.Offset)]))
                : null);
        }
    }

    public void Dispose()
    {
        Feed.Dispose();
        _loading.Dispose();
    }

    // The lock is held.
    private void Set(string id, PersonAvailability? person)
    {
        if (_changes.Remove(id, out var before))
        {
            _log.Remove(before);
        }

        _changes[id] = ++_head;
        _log.Add(_head, (id, person));
        if (person is null)
        {
            _tombstones.Enqueue(_head);
            if (_tombstones.Count > MostTombstones)
            {
                Forget(_tombstones.Dequeue());
            }
        }
    }

    private void Forget(long tombstone)
    {
        _floor = tombstone;
        if (_log.TryGetValue(tombstone, out var entry) && entry.Person is null)
        {
            _log.Remove(tombstone);
            _changes.Remove(entry.Id);
        }
    }

    // From the newest backwards: those who follow miss few.
    private IEnumerable<KeyValuePair<long, (string Id, PersonAvailability? Person)>> After(long offset) => _log.Reverse().TakeWhile(entry => entry.Key > offset).Reverse();

    private FeedPosition At(long offset) => new(_epoch, offset);

    private StoredChange<KeyedChange<string, PersonAvailability>>[] Pieces(KeyValuePair<long, (string Id, PersonAvailability? Person)>[] entries)
    {
        var pieces = entries.Chunk(InMessage).Select(chunk => new StoredChange<KeyedChange<string, PersonAvailability>>(Change(chunk), At(chunk[^1].Key))).ToArray();
        if (pieces is [.., var last])
        {
            pieces[^1] = last with { Position = At(_head) };
        }

        return pieces;
    }

    private static KeyedChange<string, PersonAvailability> Change(KeyValuePair<long, (string Id, PersonAvailability? Person)>[] entries)
    {
        PersonAvailability[] put = [.. entries.Select(static entry => entry.Value.Person).OfType<PersonAvailability>()];
        string[] removed = [.. entries.Where(static entry => entry.Value.Person is null).Select(static entry => entry.Value.Id)];
        return new() { Put = put.Length > 0 ? put : null, Removed = removed.Length > 0 ? removed : null };
    }
}
