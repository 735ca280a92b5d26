using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Testing.Tests.Presence.Harness;

/// <summary>What an account sees of itself, and every state on the way.</summary>
internal sealed class AvailabilityProbe : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<AvailabilityState> _states = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private AccountAvailability? _last;
    private TaskCompletionSource _changed = NewSource();

    public AvailabilityProbe(AvailabilityClient availability) => _running = Task.Run(() => RunAsync(availability));

    /// <summary>The states, each as often as it began.</summary>
    public string States
    {
        get
        {
            lock (_lock)
            {
                return string.Join(' ', _states);
            }
        }
    }

    public Task UntilAsync(AvailabilityState state) => UntilAsync(availability => availability.State == state);

    public async Task UntilAsync(Func<AccountAvailability, bool> wanted)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_last is not null && wanted(_last))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(AvailabilityClient availability)
    {
        await foreach (var @event in availability.Changes.SubscribeAsync(cancellationToken: _stop.Token))
        {
            if (@event.Kind == FeedEventKind.Resumed)
            {
                continue;
            }

            lock (_lock)
            {
                _last = @event.Kind == FeedEventKind.Snapshot ? @event.Snapshot : @event.Change;
                if (_states.Count == 0 || _states[^1] != _last.State)
                {
                    _states.Add(_last.State);
                }

                _changed.TrySetResult();
                _changed = NewSource();
            }
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
