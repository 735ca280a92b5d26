using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Channels;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>
/// The members of a scope as a list to bind to, kept up to date: only what is different changes, so nothing flickers. In a scope that is shown in part it is the sample. Made by
/// <see cref="PresenceScope.ToView"/>.
/// </summary>
public sealed class PresenceView : ReadOnlyObservableCollection<PresenceMember>, ILiveView
{
    private readonly KeyedList<string, PresenceMember> _list;
    private LivePump? _pump;
    private PresenceCounts _toldCounts = new(0, 0);
    private bool _toldPartial;

    internal PresenceView(KeyedList<string, PresenceMember> list)
        : base(list) => _list = list;

    /// <inheritdoc/>
    public new event PropertyChangedEventHandler? PropertyChanged
    {
        add => base.PropertyChanged += value;
        remove => base.PropertyChanged -= value;
    }

    /// <inheritdoc cref="ReadOnlyObservableCollection{T}.CollectionChanged"/>
    public new event NotifyCollectionChangedEventHandler? CollectionChanged
    {
        add => base.CollectionChanged += value;
        remove => base.CollectionChanged -= value;
    }

    /// <summary>How many are present; more than are in the list if <see cref="IsPartial"/>.</summary>
    public PresenceCounts Counts { get; private set; } = new(0, 0);

    /// <summary>Whether there are so many that the list is only a sample.</summary>
    public bool IsPartial { get; private set; }

    /// <inheritdoc/>
    public bool IsLive => _pump!.IsLive;

    /// <inheritdoc/>
    public bool Recovered => _pump!.Recovered;

    /// <inheritdoc/>
    public FeedPosition? Position => _pump!.Position;

    /// <inheritdoc/>
    public Exception? Error => _pump!.Error;

    /// <summary>Gives the member with an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="member">The member.</param>
    public bool TryGet(string id, [MaybeNullWhen(false)] out PresenceMember member) => _list.TryGet(id, out member);

    /// <inheritdoc/>
    public Task WhenReadyAsync(CancellationToken cancellationToken = default) => _pump!.WhenReadyAsync(cancellationToken);

    /// <summary>Stops following the scope. Made where the view lives, nothing changes any more from this call on.</summary>
    public ValueTask DisposeAsync() => _pump!.DisposeAsync();

    internal void Start(IFeed<PresenceSnapshot, PresenceDiff> feed, LiveViewOptions? options)
    {
        _pump = new FeedPump<PresenceSnapshot, PresenceDiff>(feed, options, Apply, Tell, OnChanged);
        _pump.Start();
    }

    private void Apply(FeedEvent<PresenceSnapshot, PresenceDiff> @event)
    {
        if (@event.Kind == FeedEventKind.Snapshot)
        {
            _list.Become(Received.Whole(@event.Snapshot.Members));
            (Counts, IsPartial) = (@event.Snapshot.Counts, @event.Snapshot.IsPartial);
            return;
        }

        foreach (var gone in Received.Whole(@event.Change.Left ?? []))
        {
            _list.RemoveKey(gone.Id);
        }

        foreach (var member in Received.Whole(@event.Change.Entered ?? []).Concat(Received.Whole(@event.Change.Updated ?? [])))
        {
            _list.Put(member);
        }

        Counts = @event.Change.Counts;
    }

    // Once for all that was at hand.
    private void Tell()
    {
        if (_toldCounts != Counts)
        {
            _toldCounts = Counts;
            OnChanged(nameof(Counts));
        }

        if (_toldPartial != IsPartial)
        {
            _toldPartial = IsPartial;
            OnChanged(nameof(IsPartial));
        }
    }

    private void OnChanged(string property) => OnPropertyChanged(new PropertyChangedEventArgs(property));
}
