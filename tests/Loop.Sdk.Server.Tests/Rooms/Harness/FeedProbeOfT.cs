using Loop.Sdk.Feeds;

namespace Loop.Sdk.Server.Tests.Rooms.Harness;

/// <summary>Follows a feed's state, and waits for it.</summary>
internal sealed class FeedProbe<TState>(TState state) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<FeedEventKind> _kinds = [];
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private TState _state = state;

    public TState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    public int Count(FeedEventKind kind)
    {
        lock (_lock)
        {
            return _kinds.Count(known => known == kind);
        }
    }

    public void Start(Func<CancellationToken, Task> read) => _reading = Task.Run(() => read(_stop.Token));

    public void Add(FeedEventKind kind, TState next)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            _kinds.Add(kind);
            _state = next;
            moved = _moved;
            _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        moved.SetResult();
    }

    /// <summary>Waits until the state is so, or the feed fails.</summary>
    public async Task UntilAsync(Func<TState, bool> condition)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_kinds.Count > 0 && condition(_state))
                {
                    return;
                }

                moved = _moved.Task;
            }

            if (await Task.WhenAny(moved, _reading).WaitAsync(Patience) == _reading)
            {
                await _reading;
                Assert.Fail("The feed ended.");
            }
        }
    }

    public Task ReadyAsync() => UntilAsync(static _ => true);

    /// <summary>Waits for the end, and says with which code.</summary>
    public Task<string> CodeAsync() => _reading.CodeAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
