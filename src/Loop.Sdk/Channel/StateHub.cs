using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Loop.Sdk.Channels;

/// <summary>The channel's state, and those who watch it.</summary>
internal sealed class StateHub
{
    private const int Capacity = 32;

    private static readonly ChannelStateChange Initial = new(ChannelState.Disconnected, ChannelState.Disconnected);

    private readonly Lock _lock = new();
    private ChannelStateChange _latest = Initial;
    private List<Channel<ChannelStateChange>>? _watchers;
    private TaskCompletionSource<bool>? _opening;

    public ChannelState State => Volatile.Read(ref _latest).Current;

    /// <summary>Takes a step, unless the channel is closed.</summary>
    /// <returns>The state before, which is the same if nothing was done.</returns>
    public ChannelState Move(ChannelState state, string? reason = null, bool resumed = false)
    {
        lock (_lock)
        {
            var previous = _latest.Current;
            if (previous == ChannelState.Closed)
            {
                return previous;
            }

            _latest = new ChannelStateChange(previous, state) { Reason = reason, Resumed = resumed };
            Tell(_latest);
            if (state is ChannelState.Connected or ChannelState.Closed)
            {
                _opening?.TrySetResult(state == ChannelState.Connected);
                _opening = null;
            }

            return previous;
        }
    }

    /// <summary>Completes when the channel is connected, with true, or is closed, with false.</summary>
    public Task<bool> WhenOpenAsync()
    {
        lock (_lock)
        {
            return State is ChannelState.Connected or ChannelState.Closed
                ? Task.FromResult(State == ChannelState.Connected)
                : (_opening ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public async IAsyncEnumerable<ChannelStateChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<ChannelStateChange>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        Add(channel);
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers?.Remove(channel);
            }
        }
    }

    private void Add(Channel<ChannelStateChange> channel)
    {
        lock (_lock)
        {
            channel.Writer.TryWrite(_latest);
            if (_latest.Current == ChannelState.Closed)
            {
                channel.Writer.Complete();
            }
            else
            {
                (_watchers ??= []).Add(channel);
            }
        }
    }

    private void Tell(ChannelStateChange change)
    {
        foreach (var watcher in _watchers ?? Enumerable.Empty<Channel<ChannelStateChange>>())
        {
            watcher.Writer.TryWrite(change);
            if (change.Current == ChannelState.Closed)
            {
                watcher.Writer.TryComplete();
            }
        }
    }
}
