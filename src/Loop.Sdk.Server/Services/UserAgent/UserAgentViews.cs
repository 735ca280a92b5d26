using System.Globalization;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>What is stored, as it is told.</summary>
internal static class UserAgentViews
{
    public static AgentSession Session(AgentSessionRecord session) => new()
    {
        Id = session.Id,
        Scope = session.Scope,
        Ancestor = session.Ancestor,
        Reason = session.Reason,
        StartedAt = UserAgentChecks.Time(session.StartedAt),
    };

    public static StarredPage Star(StarRecord star) => new() { Url = star.Url, Title = star.Title, StarredAt = UserAgentChecks.Time(star.StarredAt ?? 0) };

    public static VisitedPlace Visited(PlaceRecord place) => new()
    {
        Url = place.Url,
        Title = place.Title,
        Excerpt = place.Excerpt,
        LastVisitedAt = UserAgentChecks.Time(place.LastVisitedAt),
        Visits = place.Visits,
    };

    public static TopSite Top(PlaceRecord place) => new()
    {
        Url = place.Url,
        Title = place.Title,
        LastVisitedAt = UserAgentChecks.Time(place.LastVisitedAt),
        Visits = place.Visits,
        Frecency = place.Frecency,
    };

    public static FoundPage Found(FoundPlace place) => new()
    {
        Url = place.Url,
        Title = place.Title,
        Snippet = SnippetHtml.Of(place.Snippet),
        Excerpt = place.Excerpt,
        LastVisitedAt = place.SeenAt > 0 ? UserAgentChecks.Time(place.SeenAt) : null,
    };

    public static string? Cursor(PlaceCursor? cursor) => cursor is null ? null : string.Create(CultureInfo.InvariantCulture, $"{cursor.At}-{cursor.Number}");

    public static PlaceCursor? Cursor(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && uint.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new PlaceCursor(at, number)
            : throw RequestCheck.Invalid("It is no place where a page begins.");
    }
}
