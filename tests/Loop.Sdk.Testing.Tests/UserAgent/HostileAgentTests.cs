using Loop.Sdk.Feeds;
using Loop.Sdk.UserAgent;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.UserAgent;

/// <summary>A server that answers what makes no sense is an error, and nothing worse.</summary>
[TestClass]
public sealed class HostileAgentTests
{
    [TestMethod]
    public async Task Nothing_where_something_has_to_be_is_an_invalid_payload()
    {
        await using var host = await LoopTestHost.StartAsync(static builder => builder.AddContract<IUserAgent>(new LyingAgent()));
        var agent = host.CreateClient().Client.UserAgent;
        Assert.AreEqual(ErrorCodes.ProtocolError, await CodeAsync(agent.StartSessionAsync()));
        Assert.AreEqual(ErrorCodes.InvalidPayload, await CodeAsync(agent.SearchAsync("x")));
        Assert.AreEqual(ErrorCodes.InvalidPayload, await CodeAsync(agent.GetTopSitesAsync()));
        Assert.AreEqual(ErrorCodes.InvalidPayload, await CodeAsync(ReadAsync(agent.VisitsAsync())));
        Assert.AreEqual(ErrorCodes.InvalidPayload, await CodeAsync(ReadAsync(agent.Stars.SubscribeAsync())));
        Assert.AreEqual(ErrorCodes.InvalidPayload, await CodeAsync(ReadAsync(agent.Sessions.SubscribeAsync())));
    }

    private static async Task<string> CodeAsync(Task call) => (await Assert.ThrowsExactlyAsync<LoopException>(() => call)).Code;

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var _ in items)
        {
        }
    }

    private sealed class LyingAgent : IUserAgent
    {
        public Task<AgentSessionRef> StartSessionAsync(StartAgentSession request, CancellationToken cancellationToken) => Task.FromResult(new AgentSessionRef(0));

        public Task EndSessionAsync(EndAgentSession request, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task AddVisitAsync(AddVisit request, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SavePageAsync(SavePage request, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StarAsync(StarPage request, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task UnstarAsync(StarPage request, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<FoundPages> SearchAsync(SearchPages request, CancellationToken cancellationToken) => Task.FromResult(new FoundPages([null!]));

        public Task<TopSites> GetTopSitesAsync(TopSitesQuery request, CancellationToken cancellationToken) => Task.FromResult<TopSites>(null!);

        public Task<VisitedPlaces> ListVisitsAsync(VisitsQuery request, CancellationToken cancellationToken) => Task.FromResult(new VisitedPlaces { Items = [null!], Next = "1-1" });

        public Task<ForgottenHistory> ForgetAsync(ForgetHistory request, CancellationToken cancellationToken) => Task.FromResult<ForgottenHistory>(null!);

        public IFeed<KeyedSnapshot<StarredPage>, KeyedChange<string, StarredPage>> Stars() =>
            new FeedSource<KeyedSnapshot<StarredPage>, KeyedChange<string, StarredPage>>(new([null!]), static (state, _) => state);

        public IFeed<KeyedSnapshot<VisitedPlace>, KeyedChange<string, VisitedPlace>> History() => new KeyedFeedSource<string, VisitedPlace>(static place => place.Url);

        public IFeed<KeyedSnapshot<AgentSession>, KeyedChange<long, AgentSession>> Sessions() =>
            new FeedSource<KeyedSnapshot<AgentSession>, KeyedChange<long, AgentSession>>(null!, static (state, _) => state);

        public IFeed<KeyedSnapshot<TopSite>, KeyedChange<string, TopSite>> FollowTopSites() => new KeyedFeedSource<string, TopSite>(static site => site.Url);
    }
}
