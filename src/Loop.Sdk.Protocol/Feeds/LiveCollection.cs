using System.Collections.ObjectModel;
using System.ComponentModel;

namespace Loop.Sdk.Feeds;

/// <summary>
/// The items of a keyed feed as a list to bind to, kept up to date. A snapshot changes only what is different from what is shown, so nothing flickers
/// and a selection stays; items that are equal to what is shown are left alone. Made by <see cref="FeedViews"/>.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TItem">The items.</typeparam>
public sealed class LiveCollection<TKey, TItem> : ReadOnlyObservableCollection<TItem>, ILiveView
    where TKey : notnull
{
    private readonly KeyedList<TKey, TItem> _list;
    private LivePump? _pump;

    internal LiveCollection(KeyedList<TKey, TItem> list)
        : base(list) => _list = list;

    /// <inheritdoc/>
    public new event PropertyChangedEventHandler? PropertyChanged
    {
        add => base.PropertyChanged += value;
        remove => base.PropertyChanged -= value;
    }

    /// <inheritdoc cref="ReadOnlyObservableCollection{T}.CollectionChanged"/>
    public new event System.Collections.Specialized.NotifyCollectionChangedEventHandler? CollectionChanged
    {
        add => base.CollectionChanged += value;
        remove => base.CollectionChanged -= value;
    }

    /// <inheritdoc/>
    public bool IsLive => _pump!.IsLive;

    /// <inheritdoc/>
    public bool Recovered => _pump!.Recovered;

    /// <inheritdoc/>
    public FeedPosition? Position => _pump!.Position;

    /// <inheritdoc/>
    public Exception? Error => _pump!.Error;

    /// <summary>Gives the item with a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="item">The item.</param>
    public bool TryGet(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TItem item) => _list.TryGet(key, out item);

    /// <inheritdoc/>
    public Task WhenReadyAsync(CancellationToken cancellationToken = default) => _pump!.WhenReadyAsync(cancellationToken);

    /// <summary>Stops following the feed. Made where the view lives, nothing changes any more from this call on.</summary>
    public ValueTask DisposeAsync() => _pump!.DisposeAsync();

    internal void Start(IFeed<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>> feed, LiveViewOptions? options)
    {
        _pump = new FeedPump<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>(
            feed, options, Apply, static () => { }, property => OnPropertyChanged(new PropertyChangedEventArgs(property)));
        _pump.Start();
    }

    private void Apply(FeedEvent<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>> @event)
    {
        if (@event.Kind == FeedEventKind.Snapshot)
        {
            _list.Become(@event.Snapshot.Items);
            return;
        }

        foreach (var key in @event.Change.Removed ?? [])
        {
            _list.RemoveKey(key);
        }

        foreach (var item in @event.Change.Put ?? [])
        {
            _list.Put(item);
        }
    }
}
