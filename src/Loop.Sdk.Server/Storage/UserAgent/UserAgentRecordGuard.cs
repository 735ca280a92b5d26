namespace Loop.Sdk.Server.Storage;

/// <summary>Checks what a store of user agents is given, so that all stores refuse the same things: <c>invalid_record</c>.</summary>
public static class UserAgentRecordGuard
{
    /// <summary>Checks a session to be started.</summary>
    /// <param name="session">The session.</param>
    public static void Check(NewAgentSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        Key(session.Key);
        RoomRecordGuard.Text(session.Reason, RoomStorageLimits.MaxId, "reason");
        RoomRecordGuard.Range(session.MaxOpen, 1, int.MaxValue, "number of sessions");
        Time(session.StartedAt);
    }

    /// <summary>Checks a visit.</summary>
    /// <param name="visit">The visit.</param>
    public static void Check(NewVisit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        Key(visit.Key);
        Place(visit.Url, visit.Title);
        Time(visit.At);
        Time(visit.Now);
    }

    /// <summary>Checks a page.</summary>
    /// <param name="page">The page.</param>
    public static void Check(NewPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        Key(page.Key);
        Place(page.Url, page.Title);
        RoomRecordGuard.Text(page.Excerpt, UserAgentStorageLimits.MaxExcerpt, "excerpt");
        RoomRecordGuard.Range(page.Text?.Length ?? 0, 1, UserAgentStorageLimits.MaxText, "length of the text");
        RoomRecordGuard.Text(page.Text, UserAgentStorageLimits.MaxText, "text");
        Time(page.Now);
    }

    /// <summary>Checks a star.</summary>
    /// <param name="star">The star.</param>
    public static void Check(NewStar star)
    {
        ArgumentNullException.ThrowIfNull(star);
        Key(star.Key);
        Place(star.Url, star.Title);
        RoomRecordGuard.Range(star.MaxStars, 1, int.MaxValue, "number of stars");
        Time(star.Now);
    }

    /// <summary>Checks an import, apart from its places.</summary>
    /// <param name="import">The import.</param>
    public static void Check(PlaceImport import)
    {
        ArgumentNullException.ThrowIfNull(import);
        ArgumentNullException.ThrowIfNull(import.Places);
        RoomRecordGuard.Range(import.MaxStars, 1, int.MaxValue, "number of stars");
        Time(import.Now);
    }

    /// <summary>Checks a place of an import.</summary>
    /// <param name="place">The place.</param>
    public static void Check(ImportedPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        Place(place.Url, place.Title);
        Time(place.TitleAt);
        Time(place.StarredAt ?? 0);
        foreach (var at in place.Visits)
        {
            Time(at);
        }
    }

    /// <summary>Checks a search.</summary>
    /// <param name="search">The search.</param>
    public static void Check(PlaceSearch search)
    {
        ArgumentNullException.ThrowIfNull(search);
        RoomRecordGuard.Range(search.Query?.Length ?? -1, 0, UserAgentStorageLimits.MaxQuery, "length of the query");
        RoomRecordGuard.Range(search.SnippetWords, 1, UserAgentStorageLimits.MaxSnippet, "number of words");
        Limit(search.Limit);
    }

    /// <summary>Checks what is to be forgotten.</summary>
    /// <param name="range">What.</param>
    public static void Check(ForgetRange range)
    {
        ArgumentNullException.ThrowIfNull(range);
        if (range.Url is not null)
        {
            Place(range.Url, null);
        }
    }

    /// <summary>Checks an account.</summary>
    /// <param name="account">The account.</param>
    public static void Account(string? account) => RoomRecordGuard.Id(account, "account");

    /// <summary>Checks a limit.</summary>
    /// <param name="limit">How many at most.</param>
    public static void Limit(int limit) => RoomRecordGuard.Range(limit, 1, UserAgentStorageLimits.MaxItems, "limit");

    /// <summary>Checks a time.</summary>
    /// <param name="value">Microseconds since 1970.</param>
    public static void Time(long value) => RoomRecordGuard.Range(value, 0, UserAgentStorageLimits.MaxTime, "time");

    private static void Key(string? key)
    {
        if (key is not null)
        {
            RoomRecordGuard.Id(key, "key");
        }
    }

    private static void Place(string? url, string? title)
    {
        RoomRecordGuard.Range(url?.Length ?? 0, 1, UserAgentStorageLimits.MaxUrl, "length of the address");
        RoomRecordGuard.Text(url, UserAgentStorageLimits.MaxUrl, "address");
        RoomRecordGuard.Text(title, UserAgentStorageLimits.MaxTitle, "title");
    }
}
