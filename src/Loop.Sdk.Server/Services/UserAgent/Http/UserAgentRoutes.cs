using Loop.Sdk.UserAgent;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>The routes of version 1.</summary>
internal static class UserAgentRoutes
{
    private const int MaxItems = 10_000;

    private static readonly Dictionary<string, SnippetSize> Sizes = new(StringComparer.Ordinal)
    {
        ["tiny"] = SnippetSize.Tiny, ["large"] = SnippetSize.Large, ["huge"] = SnippetSize.Huge,
    };

    public static IReadOnlyList<UserAgentRoute> All { get; } =
    [
        new("/v1/sessions/start", HttpMethods.Post, StartAsync),
        new("/v1/sessions/end", HttpMethods.Post, EndAsync),
        new("/v1/visits/visit", HttpMethods.Post, VisitAsync),
        new("/v1/visits", HttpMethods.Get, ListVisitsAsync),
        new("/v1/pages/page", HttpMethods.Post, SavePageAsync),
        new("/v1/pages", HttpMethods.Get, SearchAsync),
        new("/v1/stars/star", HttpMethods.Post, static (book, context, account) => StarAsync(book, context, account, isStarred: true)),
        new("/v1/stars/unstar", HttpMethods.Post, static (book, context, account) => StarAsync(book, context, account, isStarred: false)),
        new("/v1/stars", HttpMethods.Get, ListStarsAsync),
    ];

    private static async Task StartAsync(UserAgentBook book, HttpContext context, string account)
    {
        var body = await UserAgentBody.ReadAsync(context, book.Core, UserAgentHttpJson.Default.StartBody).ConfigureAwait(false);
        var id = await book.StartSessionAsync(account, UserAgentQuery.Key(context), body.Scope, body.Ancestor, "newTab").ConfigureAwait(false);
        await UserAgentAnswers.WriteAsync(context, new SessionView(id), UserAgentHttpJson.Default.SessionView).ConfigureAwait(false);
    }

    private static async Task EndAsync(UserAgentBook book, HttpContext context, string account)
    {
        var body = await UserAgentBody.ReadAsync(context, book.Core, UserAgentHttpJson.Default.EndBody).ConfigureAwait(false);
        if (!await book.EndSessionAsync(account, UserAgentBody.Required(body.Session, "session"), "tabClosed").ConfigureAwait(false))
        {
            throw UserAgentErrors.Of(ErrorCodes.SessionEnded);
        }

        await UserAgentAnswers.DoneAsync(context).ConfigureAwait(false);
    }

    private static async Task VisitAsync(UserAgentBook book, HttpContext context, string account)
    {
        var body = await UserAgentBody.ReadAsync(context, book.Core, UserAgentHttpJson.Default.PlaceBody).ConfigureAwait(false);
        await book.VisitAsync(account, UserAgentQuery.Key(context), body.Url, UserAgentBody.Required(body.Session, "session"), body.Title, at: null)
            .ConfigureAwait(false);
        await UserAgentAnswers.DoneAsync(context).ConfigureAwait(false);
    }

    private static async Task SavePageAsync(UserAgentBook book, HttpContext context, string account)
    {
        var body = await UserAgentBody.ReadAsync(context, book.Core, UserAgentHttpJson.Default.PageBody).ConfigureAwait(false);
        var page = body.Page ?? throw RequestCheck.Invalid("The member «page» is missing.");
        await book.SavePageAsync(
            account, UserAgentQuery.Key(context), body.Url, UserAgentBody.Required(body.Session, "session"), page.Title, page.Excerpt, page.TextContent)
            .ConfigureAwait(false);
        await UserAgentAnswers.DoneAsync(context).ConfigureAwait(false);
    }

    private static async Task StarAsync(UserAgentBook book, HttpContext context, string account, bool isStarred)
    {
        var body = await UserAgentBody.ReadAsync(context, book.Core, UserAgentHttpJson.Default.PlaceBody).ConfigureAwait(false);
        await book.StarAsync(account, UserAgentQuery.Key(context), body.Url, UserAgentBody.Required(body.Session, "session"), body.Title, isStarred)
            .ConfigureAwait(false);
        await UserAgentAnswers.DoneAsync(context).ConfigureAwait(false);
    }

    private static async Task ListVisitsAsync(UserAgentBook book, HttpContext context, string account)
    {
        var limit = UserAgentQuery.Limit(context, MaxItems);
        var page = await book.Core.Storage.ListVisitedAsync(account, null, limit, context.RequestAborted).ConfigureAwait(false);
        var results = page.Items.Select(static place => new PageView(place.Url, place.Title, SnippetHtml.Of(place.Excerpt), place.LastVisitedAt));
        await UserAgentAnswers.WriteAsync(context, new PagesView([.. results]), UserAgentHttpJson.Default.PagesView).ConfigureAwait(false);
    }

    private static async Task SearchAsync(UserAgentBook book, HttpContext context, string account)
    {
        var query = context.Request.Query;
        var text = query["q"].ToString() is { Length: > 0 } given ? given : throw RequestCheck.Invalid("The parameter «q» is missing.");
        DateTimeOffset? since = UserAgentQuery.Number(context, "since", 0, UserAgentQuery.MaxTime) is { } micros ? UserAgentChecks.Time(micros) : null;
        var size = Sizes.GetValueOrDefault(query["snippetSize"].ToString(), SnippetSize.Medium);
        var found = await book.SearchAsync(account, text, UserAgentQuery.Limit(context, UserAgentChecks.MaxResults), since, size, newestFirst: true, context.RequestAborted)
            .ConfigureAwait(false);
        var results = found.Select(static place => new PageView(place.Url, place.Title, SnippetHtml.Of(place.Snippet), place.SeenAt > 0 ? place.SeenAt : null));
        await UserAgentAnswers.WriteAsync(context, new PagesView([.. results]), UserAgentHttpJson.Default.PagesView).ConfigureAwait(false);
    }

    private static async Task ListStarsAsync(UserAgentBook book, HttpContext context, string account)
    {
        var places = await book.Core.Storage.ListStarredAsync(account, UserAgentQuery.Limit(context, MaxItems), context.RequestAborted).ConfigureAwait(false);
        var results = places.Select(static place => new StarView(place.Url, place.Title, place.StarredAt ?? 0));
        await UserAgentAnswers.WriteAsync(context, new StarsView([.. results]), UserAgentHttpJson.Default.StarsView).ConfigureAwait(false);
    }
}
