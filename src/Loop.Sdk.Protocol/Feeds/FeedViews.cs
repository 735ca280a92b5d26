namespace Loop.Sdk.Feeds;

/// <summary>Makes live views of feeds.</summary>
public static class FeedViews
{
    /// <summary>Shows a feed's state.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="apply">Gives the state after a change, the same as the feed's source does.</param>
    /// <param name="options">Where the view lives, or null for the synchronisation context of the caller.</param>
    /// <typeparam name="TSnapshot">The state.</typeparam>
    /// <typeparam name="TChange">One change to it.</typeparam>
    public static LiveView<TSnapshot> ToLiveView<TSnapshot, TChange>(
        this IFeed<TSnapshot, TChange> feed, Func<TSnapshot, TChange, TSnapshot> apply, LiveViewOptions? options = null) =>
        feed.ToLiveView(static snapshot => snapshot, apply, options);

    /// <summary>Shows a state that is made from a feed's.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="start">Makes the state from a snapshot.</param>
    /// <param name="apply">Gives the state after a change.</param>
    /// <param name="options">Where the view lives, or null for the synchronisation context of the caller.</param>
    /// <typeparam name="TSnapshot">The feed's state.</typeparam>
    /// <typeparam name="TChange">One change to it.</typeparam>
    /// <typeparam name="TState">The state shown.</typeparam>
    public static LiveView<TState> ToLiveView<TSnapshot, TChange, TState>(
        this IFeed<TSnapshot, TChange> feed, Func<TSnapshot, TState> start, Func<TState, TChange, TState> apply, LiveViewOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(apply);
        var view = new LiveView<TState>();
        view.Start(feed, options, start, apply);
        return view;
    }

    /// <summary>Shows the items of a keyed feed as a list.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="keyOf">Gives an item's key, the same as the feed's source does.</param>
    /// <param name="order">How the list is sorted. Null: new items come last, and an item stays where it is while others come and go.</param>
    /// <param name="options">Where the list lives, or null for the synchronisation context of the caller.</param>
    /// <typeparam name="TKey">The keys.</typeparam>
    /// <typeparam name="TItem">The items. Best with value equality, as records have it: an item equal to the one shown is left alone.</typeparam>
    public static LiveCollection<TKey, TItem> ToLiveCollection<TKey, TItem>(
        this IFeed<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>> feed,
        Func<TItem, TKey> keyOf,
        IComparer<TItem>? order = null,
        LiveViewOptions? options = null)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(keyOf);
        var collection = new LiveCollection<TKey, TItem>(new KeyedList<TKey, TItem>(keyOf, order));
        collection.Start(feed, options);
        return collection;
    }
}
