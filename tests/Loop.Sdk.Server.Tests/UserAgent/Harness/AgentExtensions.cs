using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.Tests.UserAgent.Harness;

/// <summary>Calls with keys of their own.</summary>
internal static class AgentExtensions
{
    public static async Task<long> StartAsync(this IUserAgent agent, long? ancestor = null, string? key = null, long? scope = null) =>
        (await agent.StartSessionAsync(new StartAgentSession { Key = key ?? NewKey(), Ancestor = ancestor, Scope = scope, Reason = "newTab" })).Id;

    public static Task VisitAsync(this IUserAgent agent, string url, long session = 1, string? title = null, DateTimeOffset? at = null, string? key = null) =>
        agent.AddVisitAsync(new AddVisit { Key = key ?? NewKey(), Url = url, Session = session, Title = title, At = at });

    public static Task SaveAsync(this IUserAgent agent, string url, string text, string? title = null, string? excerpt = null) =>
        agent.SavePageAsync(new SavePage { Key = NewKey(), Url = url, Session = 1, Title = title, Excerpt = excerpt, Text = text });

    public static Task StarAsync(this IUserAgent agent, string url, string? title = null, string? key = null) =>
        agent.StarAsync(new StarPage { Key = key ?? NewKey(), Url = url, Session = 1, Title = title });

    public static Task UnstarAsync(this IUserAgent agent, string url) => agent.UnstarAsync(new StarPage { Key = NewKey(), Url = url, Session = 1 });

    public static async Task<IReadOnlyList<FoundPage>> FindAsync(this IUserAgent agent, string query) => (await agent.SearchAsync(new SearchPages { Query = query })).Items;

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
