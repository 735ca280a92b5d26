using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Makes of what a file says what can be kept, and counts the rest.</summary>
internal sealed class ImportSieve(DateTimeOffset now)
{
    /// <summary>How much was left out.</summary>
    public long Skipped { get; private set; }

    /// <summary>The place, or null if nothing of it can be kept.</summary>
    /// <param name="url">The address.</param>
    /// <param name="title">The title.</param>
    /// <param name="visits">The times of visits, which are changed.</param>
    /// <param name="isStarred">Whether it is starred.</param>
    /// <param name="starredAt">When, or null.</param>
    public ImportedPlace? Take(string? url, string? title, List<long> visits, bool isStarred, long? starredAt)
    {
        if (!UserAgentChecks.IsPlace(url))
        {
            Skipped++;
            return null;
        }

        Skipped += visits.RemoveAll(at => !IsTime(at));
        if (visits.Count == 0 && !isStarred)
        {
            return null;
        }

        var star = isStarred && starredAt is { } at && IsTime(at) ? starredAt : null;
        return new ImportedPlace
        {
            Url = url,
            Title = UserAgentChecks.Cut(title, UserAgentChecks.MaxTitle),
            TitleAt = Math.Max(visits.Count > 0 ? visits.Max() : 0, star ?? 0),
            Visits = visits,
            IsStarred = isStarred,
            StarredAt = star,
        };
    }

    private bool IsTime(long micros) => UserAgentChecks.IsTime(micros, now);
}
