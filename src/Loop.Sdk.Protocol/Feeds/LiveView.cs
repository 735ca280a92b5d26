using System.ComponentModel;

namespace Loop.Sdk.Feeds;

/// <summary>The state of a feed, kept up to date. Made by <see cref="FeedViews"/>.</summary>
/// <typeparam name="TState">The state.</typeparam>
public sealed class LiveView<TState> : ILiveView
{
    private LivePump? _pump;

    internal LiveView()
    {
    }

    /// <inheritdoc/>
    public event PropertyChangedEventHandler? PropertyChanged;

    /// <summary>The state at <see cref="Position"/>, or the type's default before the first.</summary>
    public TState? Value { get; private set; }

    /// <inheritdoc/>
    public bool IsLive => _pump!.IsLive;

    /// <inheritdoc/>
    public bool Recovered => _pump!.Recovered;

    /// <inheritdoc/>
    public FeedPosition? Position => _pump!.Position;

    /// <inheritdoc/>
    public Exception? Error => _pump!.Error;

    /// <inheritdoc/>
    public Task WhenReadyAsync(CancellationToken cancellationToken = default) => _pump!.WhenReadyAsync(cancellationToken);

    /// <summary>Stops following the feed. Made where the view lives, nothing changes any more from this call on.</summary>
    public ValueTask DisposeAsync() => _pump!.DisposeAsync();

    internal void Start<TSnapshot, TChange>(
        IFeed<TSnapshot, TChange> feed, LiveViewOptions? options, Func<TSnapshot, TState> start, Func<TState, TChange, TState> apply)
    {
        _pump = new FeedPump<TSnapshot, TChange>(
            feed,
            options,
            @event => Value = @event.Kind == FeedEventKind.Snapshot ? start(@event.Snapshot) : apply(Value!, @event.Change),
            () => OnChanged(nameof(Value)),
            OnChanged);
        _pump.Start();
    }

    private void OnChanged(string property) => PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(property));
}
