using Loop.Sdk.Server.Storage;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>
/// What can be done to an account's state, whichever way it is asked for: checks it, does it, and tells those who follow. A write that was begun is seen through, whoever still waits for it: else
/// it might be done and nobody told.
/// </summary>
internal sealed class UserAgentBook(UserAgentCore core)
{
    private const int ForgetAtOnce = 100;

    public UserAgentCore Core => core;

    public async Task<long> StartSessionAsync(string account, string? key, long? scope, long? ancestor, string? reason)
    {
        var session = new NewAgentSession
        {
            Key = UserAgentChecks.Key(key),
            Scope = scope,
            Ancestor = ancestor,
            Reason = UserAgentChecks.Reason(reason),
            StartedAt = core.Now,
            MaxOpen = core.Options.MaxOpenSessions,
        };
        var result = await core.Storage.StartSessionAsync(account, session, CancellationToken.None).ConfigureAwait(false);
        Settle("session", result);
        core.Feeds.Find(account)?.Sessions.Advance();
        return result.Session;
    }

    /// <returns>Whether it was open.</returns>
    public async Task<bool> EndSessionAsync(string account, long session, string? reason)
    {
        var result = await core.Storage.EndSessionAsync(account, UserAgentChecks.Session(session), UserAgentChecks.Reason(reason), core.Now, CancellationToken.None).ConfigureAwait(false);
        if (result.Outcome == UserAgentOutcome.SessionEnded)
        {
            // Perhaps by this call, sent again to another life of the server.
            core.Feeds.Find(account)?.Sessions.Advance();
            core.Metrics.Written("session_end", nameof(UserAgentOutcome.SessionEnded));
            return false;
        }

        Settle("session_end", result);
        core.Feeds.Find(account)?.Sessions.Advance();
        return true;
    }

    public async Task VisitAsync(string account, string? key, string? url, long session, string? title, DateTimeOffset? at)
    {
        var now = core.Time.GetUtcNow();
        var visit = new NewVisit
        {
            Key = UserAgentChecks.Key(key),
            Url = UserAgentChecks.Url(url),
            Session = UserAgentChecks.Session(session),
            Title = UserAgentChecks.Title(title),
            At = UserAgentChecks.Time(at ?? now, now),
            Now = UserAgentChecks.Micros(now),
        };
        Settle("visit", await core.Storage.AddVisitAsync(account, visit, CancellationToken.None).ConfigureAwait(false));
        core.Feeds.Find(account)?.Visited(visit.Title is not null);
    }

    public async Task SavePageAsync(string account, string? key, string? url, long session, string? title, string? excerpt, string? text)
    {
        var page = new NewPage
        {
            Key = UserAgentChecks.Key(key),
            Url = UserAgentChecks.Url(url),
            Session = UserAgentChecks.Session(session),
            Title = UserAgentChecks.Title(title),
            Excerpt = UserAgentChecks.Excerpt(excerpt),
            Text = UserAgentChecks.Text(text, core.Options.MaxText, "text") ?? throw RequestCheck.Invalid("The page has no text."),
            Now = core.Now,
        };
        Settle("page", await core.Storage.SavePageAsync(account, page, CancellationToken.None).ConfigureAwait(false));
        core.Feeds.Find(account)?.Visited(page.Title is not null);
    }

    public async Task StarAsync(string account, string? key, string? url, long session, string? title, bool isStarred)
    {
        var star = new NewStar
        {
            Key = UserAgentChecks.Key(key),
            Url = UserAgentChecks.Url(url),
            Session = UserAgentChecks.Session(session),
            Title = UserAgentChecks.Title(title),
            IsStarred = isStarred,
            Now = core.Now,
            MaxStars = core.Options.MaxStars,
        };
        Settle(isStarred ? "star" : "unstar", await core.Storage.StarAsync(account, star, CancellationToken.None).ConfigureAwait(false), isStar: true);
        core.Feeds.Find(account)?.Visited(hasTitle: true);
    }

    public Task<IReadOnlyList<FoundPlace>> SearchAsync(
        string account, string? query, int limit, DateTimeOffset? since, SnippetSize size, bool newestFirst, CancellationToken cancellationToken)
    {
        var search = new PlaceSearch
        {
            Query = UserAgentChecks.Query(query),
            Limit = limit,
            Since = since is { } time ? UserAgentChecks.Micros(time) : 0,
            SnippetWords = RequestCheck.Defined(size) switch
            {
                SnippetSize.Tiny => 5,
                SnippetSize.Large => 40,
                SnippetSize.Huge => UserAgentStorageLimits.MaxSnippet,
                _ => 15,
            },
            NewestFirst = newestFirst,
        };
        core.Metrics.Searched();
        return core.Storage.SearchAsync(account, search, cancellationToken);
    }

    public async Task<ForgottenHistory> ForgetAsync(string account, ForgetHistory request, CancellationToken cancellationToken)
    {
        var range = RangeOf(request);
        var (visits, pages) = (0L, 0L);
        try
        {
            for (long? after = 0; after is { } from;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var step = await core.Storage.ForgetAsync(account, range, from, ForgetAtOnce, CancellationToken.None).ConfigureAwait(false);
                (visits, pages, after) = (visits + step.Visits, pages + step.Pages, step.Next);
            }
        }
        finally
        {
            // What was deleted by then is gone, also if the rest failed.
            core.Feeds.Find(account)?.All();
            await core.Storage.SettleAsync(CancellationToken.None).ConfigureAwait(false);
            core.Metrics.Forgotten(visits, pages);
            core.Log.Forgotten(visits, pages);
        }

        return new ForgottenHistory(visits, pages);
    }

    private static ForgetRange RangeOf(ForgetHistory request)
    {
        var hasTime = request.From is not null || request.Until is not null;
        if ((request.Url is not null ? 1 : 0) + (hasTime ? 1 : 0) + (request.All ? 1 : 0) != 1)
        {
            throw RequestCheck.Invalid("Exactly one of an address, a time or everything is to be deleted.");
        }

        var (from, until) = (request.From is { } start ? UserAgentChecks.Micros(start) : 0, request.Until is { } end ? UserAgentChecks.Micros(end) : long.MaxValue);
        return from < until
            ? new ForgetRange { Url = request.Url is null ? null : UserAgentChecks.Url(request.Url), From = from, Until = until, Stars = request.Stars }
            : throw RequestCheck.Invalid("The time ends before it begins.");
    }

    private void Settle(string kind, UserAgentResult result, bool isStar = false)
    {
        core.Metrics.Written(kind, result.Outcome.ToString());
        if (result.Outcome is not (UserAgentOutcome.Done or UserAgentOutcome.Repeated))
        {
            throw UserAgentErrors.Of(result.Outcome, isStar);
        }
    }
}
