using Loop.Sdk.Feeds;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>An account's state as feeds.</summary>
internal sealed class AccountFeed(UserAgentCore core, string account) : IDisposable
{
    public StoredFeed<KeyedSnapshot<StarredPage>, KeyedChange<string, StarredPage>> Stars { get; } = new(new StarFeedStore(core, account));

    public StoredFeed<KeyedSnapshot<VisitedPlace>, KeyedChange<string, VisitedPlace>> History { get; } = new(new HistoryFeedStore(core, account));

    public StoredFeed<KeyedSnapshot<AgentSession>, KeyedChange<long, AgentSession>> Sessions { get; } = new(new SessionFeedStore(core, account));

    public TopSitesFeed TopSites { get; } = new(core, account);

    /// <summary>A place was written. Stars are told only if their titles may have changed.</summary>
    public void Visited(bool hasTitle)
    {
        History.Advance();
        TopSites.Advance();
        if (hasTitle)
        {
            Stars.Advance();
        }
    }

    /// <summary>Anything may have changed.</summary>
    public void All()
    {
        Visited(hasTitle: true);
        Sessions.Advance();
    }

    public void Dispose()
    {
        Stars.Dispose();
        History.Dispose();
        Sessions.Dispose();
        TopSites.Dispose();
    }
}
