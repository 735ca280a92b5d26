using System.Runtime.CompilerServices;
using Loop.Sdk.Channels;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.UserAgent;

/// <summary>The real client, on its contract. Each write has a key of its own; the channel sends it again with that key when a session is lost.</summary>
internal sealed class ContractUserAgentClient(IUserAgent agent) : UserAgentClient
{
    public override IFeed<KeyedSnapshot<StarredPage>, KeyedChange<string, StarredPage>> Stars => new ReceivedFeed<string, StarredPage>(agent.Stars());

    public override IFeed<KeyedSnapshot<VisitedPlace>, KeyedChange<string, VisitedPlace>> History => new ReceivedFeed<string, VisitedPlace>(agent.History());

    public override IFeed<KeyedSnapshot<AgentSession>, KeyedChange<long, AgentSession>> Sessions => new ReceivedFeed<long, AgentSession>(agent.Sessions());

    public override IFeed<KeyedSnapshot<TopSite>, KeyedChange<string, TopSite>> TopSites => new ReceivedFeed<string, TopSite>(agent.FollowTopSites());

    public override async Task<long> StartSessionAsync(long? scope = null, long? ancestor = null, string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new StartAgentSession { Key = NewKey(), Scope = scope, Ancestor = ancestor, Reason = reason };
        var started = Received.Some(await agent.StartSessionAsync(request, cancellationToken).ConfigureAwait(false));
        return started.Id > 0 ? started.Id : throw new LoopException(ErrorCodes.ProtocolError, "The server gave no session.");
    }

    public override Task EndSessionAsync(long session, string? reason = null, CancellationToken cancellationToken = default) =>
        agent.EndSessionAsync(new EndAgentSession { Session = session, Reason = reason }, cancellationToken);

    public override Task VisitAsync(string url, long session, string? title = null, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        return agent.AddVisitAsync(new AddVisit { Key = NewKey(), Url = url, Session = session, Title = title, At = at }, cancellationToken);
    }

    public override Task SavePageAsync(string url, long session, PageCapture page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(page);
        var request = new SavePage { Key = NewKey(), Url = url, Session = session, Title = page.Title, Excerpt = page.Excerpt, Text = page.Text };
        return agent.SavePageAsync(request, cancellationToken);
    }

    public override Task StarAsync(string url, long session, string? title = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        return agent.StarAsync(new StarPage { Key = NewKey(), Url = url, Session = session, Title = title }, cancellationToken);
    }

    public override Task UnstarAsync(string url, long session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        return agent.UnstarAsync(new StarPage { Key = NewKey(), Url = url, Session = session }, cancellationToken);
    }

    public override async Task<IReadOnlyList<FoundPage>> SearchAsync(
        string query, int limit = 20, DateTimeOffset? since = null, SnippetSize snippetSize = SnippetSize.Medium, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var request = new SearchPages { Query = query, Limit = limit, Since = since, SnippetSize = snippetSize };
        return Received.Whole(Received.Some(await agent.SearchAsync(request, cancellationToken).ConfigureAwait(false)).Items);
    }

    public override async Task<IReadOnlyList<TopSite>> GetTopSitesAsync(int limit = 20, CancellationToken cancellationToken = default) =>
        Received.Whole(Received.Some(await agent.GetTopSitesAsync(new TopSitesQuery { Limit = limit }, cancellationToken).ConfigureAwait(false)).Items);

    public override async IAsyncEnumerable<VisitedPlace> VisitsAsync(int pageSize = 100, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        VisitedPlaces? page = null;
        do
        {
            page = Received.Some(await agent.ListVisitsAsync(new VisitsQuery { Limit = pageSize, Before = page?.Next }, cancellationToken).ConfigureAwait(false));
            foreach (var place in Received.Whole(page.Items))
            {
                yield return place;
            }
        }
        while (page.Next is not null && page.Items.Count > 0);
    }

    public override async Task<ForgottenHistory> ForgetAsync(ForgetHistory what, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(what);
        return Received.Some(await agent.ForgetAsync(what, cancellationToken).ConfigureAwait(false));
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
