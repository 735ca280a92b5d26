using Loop.Sdk.Feeds;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>A part of an account's state as a feed: what is read is cut into what fits into messages.</summary>
internal abstract class AgentFeedStore<TKey, TItem, TRecord>(UserAgentCore core, string account, string kind) : IFeedStore<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>
    where TItem : class
{
    private const int PieceBytes = 192 * 1024;

    protected UserAgentCore Core => core;

    protected string Account => account;

    public async ValueTask<StoredState<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAsync(0, cancellationToken).ConfigureAwait(false);
        var pieces = Pieces(read).ToList();
        return new(new(pieces[0].Change.Put ?? []), pieces[0].Position, [.. pieces.Skip(1)]);
    }

    public async ValueTask<StoredChanges<KeyedChange<TKey, TItem>>?> ReadSinceAsync(FeedPosition since, CancellationToken cancellationToken)
    {
        if (since.Epoch != Epoch(await core.StoreEpochAsync(cancellationToken).ConfigureAwait(false)))
        {
            return null;
        }

        // A position of 0 is that of an account in which nothing was written: to read from there is to read all, of which nothing can be gone.
        var read = await ReadAsync(since.Offset, cancellationToken).ConfigureAwait(false);
        return read.SnapshotNeeded ? null : read.Items.Count == 0 && read.Gone.Count == 0 ? new([]) : new([.. Pieces(read)], read.More);
    }

    protected abstract Task<UserAgentChanges<TRecord>> ReadAsync(long since, CancellationToken cancellationToken);

    /// <summary>The item as it is told; null if it is gone.</summary>
    protected abstract TItem? View(TRecord record);

    protected abstract TKey KeyOf(TRecord record);

    protected abstract long OffsetOf(TRecord record);

    /// <summary>How many bytes an item takes, roughly.</summary>
    protected abstract int SizeOf(TRecord record);

    /// <summary>Keys of what is gone besides items.</summary>
    protected virtual IEnumerable<TKey> Gone(UserAgentChanges<TRecord> read) => [];

    private ulong Epoch(string store) => FeedEpoch.Of(store, kind, account);

    // What is gone besides items comes first: whoever is interrupted in between has heard of it. The last piece leads up to what was read.
    private IEnumerable<StoredChange<KeyedChange<TKey, TItem>>> Pieces(UserAgentChanges<TRecord> read)
    {
        var epoch = Epoch(read.Epoch);
        var (put, removed, bytes) = (new List<TItem>(), Gone(read).ToList(), 0);
        for (var index = 0; index < read.Items.Count; index++)
        {
            var record = read.Items[index];
            if (View(record) is { } item)
            {
                put.Add(item);
            }
            else
            {
                removed.Add(KeyOf(record));
            }

            bytes += SizeOf(record);
            if (bytes > PieceBytes && index < read.Items.Count - 1)
            {
                yield return Piece(put, removed, new(epoch, OffsetOf(record)));
                (put, removed, bytes) = ([], [], 0);
            }
        }

        yield return Piece(put, removed, new(epoch, read.Offset));
    }

    private static StoredChange<KeyedChange<TKey, TItem>> Piece(List<TItem> put, List<TKey> removed, FeedPosition position) =>
        new(new KeyedChange<TKey, TItem> { Put = put.Count > 0 ? put : null, Removed = removed.Count > 0 ? removed : null }, position);
}
