using System.Runtime.CompilerServices;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>The real scope.</summary>
internal sealed class WatchedScope(IPresence presence, string scope) : PresenceScope
{
    public override string Scope => scope;

    public override async IAsyncEnumerable<PresenceChange> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var known = new KnownScope();
        await foreach (var @event in presence.Watch(new WatchScope(scope)).SubscribeAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var change = @event.Kind switch
            {
                FeedEventKind.Snapshot => known.Become(@event.Snapshot),
                FeedEventKind.Change => known.Apply(@event.Change),
                _ => null,
            };
            if (change is not null)
            {
                yield return change;
            }
        }
    }

    public override PresenceView ToView(IComparer<PresenceMember>? order = null, LiveViewOptions? options = null)
    {
        var view = new PresenceView(new KeyedList<string, PresenceMember>(static member => member.Id, order));
        view.Start(presence.Watch(new WatchScope(scope)), options);
        return view;
    }

    public override Task<PresenceSnapshot> GetAsync(CancellationToken cancellationToken = default) => presence.GetAsync(new ScopeRef(scope), cancellationToken);
}
