using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Reads what is to be imported so far that it can be relied on, and gives it to the store as one change.</summary>
internal sealed class UserAgentImporter(UserAgentCore core) : IUserAgentImporter
{
    private const long ReportEvery = 500;

    public async Task<UserAgentImportResult> ImportFirefoxAsync(string account, string path, IProgress<UserAgentImportProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(account);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var copy = await PlacesCopy.MakeAsync(path, core.Options.MaxImport, cancellationToken).ConfigureAwait(false);
        using var file = PlacesFile.Open(copy.Path, cancellationToken);
        var sieve = new ImportSieve(core.Time.GetUtcNow());
        var reader = new PlacesReader(file, sieve);
        return await ImportAsync(account, reader.Read(done => Report(progress, done, reader.Count)), sieve, cancellationToken).ConfigureAwait(false);
    }

    public async Task<UserAgentImportResult> ImportBookmarksAsync(string account, Stream html, IProgress<UserAgentImportProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(account);
        ArgumentNullException.ThrowIfNull(html);
        var sieve = new ImportSieve(core.Time.GetUtcNow());
        var bookmarks = await BookmarkFile.ReadAsync(html, core.Options.MaxImport, cancellationToken).ConfigureAwait(false);
        return await ImportAsync(account, Places(bookmarks, sieve, progress), sieve, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<ImportedPlace> Places(IReadOnlyCollection<Bookmark> bookmarks, ImportSieve sieve, IProgress<UserAgentImportProgress>? progress)
    {
        var done = 0L;
        foreach (var bookmark in bookmarks)
        {
            if (sieve.Take(bookmark.Url, bookmark.Title, [], isStarred: true, bookmark.AddedAt) is { } place)
            {
                yield return place;
            }

            Report(progress, ++done, bookmarks.Count);
        }
    }

    private static void Report(IProgress<UserAgentImportProgress>? progress, long done, long total)
    {
        if (done % ReportEvery == 0 || done == total)
        {
            progress?.Report(new(done, total));
        }
    }

    private async Task<UserAgentImportResult> ImportAsync(string account, IEnumerable<ImportedPlace> places, ImportSieve sieve, CancellationToken cancellationToken)
    {
        var import = new PlaceImport { Places = places, Now = core.Now, MaxStars = core.Options.MaxStars };
        var added = await core.Storage.ImportAsync(account, import, cancellationToken).ConfigureAwait(false);
        core.Feeds.Find(account)?.All();
        core.Metrics.Imported(added.Visits, added.Stars);
        core.Log.Imported(added.Places, added.Visits, added.Stars, sieve.Skipped);
        return new(added.Places, added.Visits, added.Stars, sieve.Skipped);
    }
}
