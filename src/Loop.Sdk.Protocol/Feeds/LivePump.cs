namespace Loop.Sdk.Feeds;

/// <summary>What a live view knows of its subscription, and the way to where the view lives.</summary>
internal abstract class LivePump : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<Action> _post;
    private readonly Action<string> _changed;
    private Task _running = Task.CompletedTask;

    /// <param name="options">Where the view lives.</param>
    /// <param name="changed">Tells that one of the properties here has another value. Called there.</param>
    protected LivePump(LiveViewOptions? options, Action<string> changed)
    {
        _post = options?.Post ?? PostFromHere();
        _changed = changed;
    }

    public bool IsLive { get; private set; }

    public bool Recovered { get; private set; }

    public FeedPosition? Position { get; private set; }

    public Exception? Error { get; private set; }

    protected CancellationToken Stopping => _stop.Token;

    public void Start() => _running = Task.Run(RunAsync);

    public Task WhenReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    /// <summary>Follows the feed to its end.</summary>
    protected abstract Task FollowAsync();

    /// <summary>Runs an action where the view lives, unless the view is gone by then.</summary>
    protected void Post(Action action) => _post(() =>
    {
        if (!_stop.IsCancellationRequested)
        {
            action();
        }
    });

    /// <summary>The same, and completes when the action has run.</summary>
    protected Task PostAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                action();
                done.TrySetResult();
            }
#pragma warning disable CA1031 // What a reducer or a bound control throws stops the view, not the user interface's loop.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                done.TrySetException(exception);
            }
        });
        return done.Task.WaitAsync(Stopping);
    }

    /// <summary>The view shows the state at this position. Called where the view lives.</summary>
    protected void Reach(FeedPosition position, bool recovered, bool live)
    {
        Position = position;
        _changed(nameof(Position));
        if (Recovered != recovered)
        {
            Recovered = recovered;
            _changed(nameof(Recovered));
        }

        SetLive(live);
        _ready.TrySetResult();
    }

    /// <summary>The subscription goes on, or not. Called where the view lives.</summary>
    protected void SetLive(bool live)
    {
        if (IsLive != live)
        {
            IsLive = live;
            _changed(nameof(IsLive));
        }
    }

    private async Task RunAsync()
    {
        Exception? error = null;
        try
        {
            await FollowAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed of: nothing is shown any more.
        }
#pragma warning disable CA1031 // Whatever the feed, the reducer or a bound control throws stops the view, which then says why.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            error = exception;
        }

        Post(() => Finish(error));
        if (error is null)
        {
            _ready.TrySetCanceled(CancellationToken.None);
        }
        else if (_ready.TrySetException(error))
        {
            // Nobody has to wait for the view, so nobody has to miss the error there: the view shows it too.
            _ = _ready.Task.Exception;
        }
    }

    private void Finish(Exception? error)
    {
        SetLive(false);
        if (error is not null)
        {
            Error = error;
            _changed(nameof(Error));
        }
    }

    private static Action<Action> PostFromHere()
    {
        if (SynchronizationContext.Current is { } context)
        {
            return action => context.Post(static state => ((Action)state!)(), action);
        }

        var oneAtATime = new Lock();
        return action =>
        {
            lock (oneAtATime)
            {
                action();
            }
        };
    }
}
