using Loop.Sdk;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Bench.Load.Workloads.Rooms;

/// <summary>Follows a timeline and keeps a digest of what it saw, in the order in which it saw it.</summary>
internal sealed class TimelineFollower
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiter;
    private long _wanted;

    public Task Started => _started.Task;

    public long Entries { get; private set; }

    public long Last { get; private set; }

    public ulong Digest { get; private set; }

    public async Task RunAsync(IFeed<EntriesPage, EntriesChange> changes)
    {
        try
        {
            await foreach (var change in changes.SubscribeAsync())
            {
                Take(change.Kind == FeedEventKind.Change ? change.Change.Entries : []);
                _started.TrySetResult();
            }
        }
        catch (LoopException exception) when (exception.Code == ErrorCodes.Closed)
        {
            // The session was closed: the measurement is over.
        }
    }

    /// <summary>Completes when an entry has been seen.</summary>
    public Task UntilAsync(long sequence)
    {
        lock (_lock)
        {
            (_wanted, _waiter) = (sequence, new(TaskCreationOptions.RunContinuationsAsynchronously));
            Notify();
            return _waiter.Task;
        }
    }

    private void Take(IReadOnlyList<SealedEntry> entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                Entries++;
                Last = entry.Sequence;
                Digest = ((Digest ^ (ulong)entry.Sequence) * 1_099_511_628_211) ^ (ulong)string.GetHashCode(entry.Key, StringComparison.Ordinal);
            }

            Notify();
        }
    }

    private void Notify()
    {
        if (Last >= _wanted)
        {
            _waiter?.TrySetResult();
        }
    }
}
