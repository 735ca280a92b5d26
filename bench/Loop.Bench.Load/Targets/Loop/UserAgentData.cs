using System.Globalization;
using Loop.Bench.Load.Orchestration;
using Loop.Bench.Load.Workloads.UserAgent;
using Loop.Sdk.Server.Storage;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>
/// A user's browsing of years: 1 000 000 visits of 100 000 places, of which 10 000 are starred, and 20 000 pages of 5 kB. It is made once, by a process of its own, and kept in the folder for
/// temporary files.
/// </summary>
internal static class UserAgentData
{
    public const string Account = "reader";
    public const int Places = 100_000;
    public const int Visits = 1_000_000;
    public const int Stars = 10_000;
    public const int Pages = 20_000;

    private const int Version = 2;
    private const int PageLength = 5000;
    private const int Seed = 7;
    private const int Concurrency = 256;
    private const long Day = 24L * 60 * 60 * 1_000_000;

    public static string UrlOf(int place) => string.Create(CultureInfo.InvariantCulture, $"https://www.{BrowsingText.Word(place % 3000)}.example/{BrowsingText.Word(place)}/{place}");

    public static string TitleOf(int place) => new BrowsingText(place).Words(6);

    /// <summary>A copy of it, which goes with the process.</summary>
    public static string Copy()
    {
        var made = Path.Combine(Path.GetTempPath(), $"loop-bench-useragent-{Version}-{Visits}.db");
        if (!File.Exists(made))
        {
            using var maker = System.Diagnostics.Process.Start(ChildProcess.Describe(Roles.Prepare, made))!;
            maker.WaitForExit();
            if (maker.ExitCode != 0)
            {
                throw new InvalidOperationException("The data could not be made.");
            }
        }

        var folder = Directory.CreateTempSubdirectory("loop-bench-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var copy = Path.Combine(folder.FullName, "bench.db");
        File.Copy(made, copy);
        return copy;
    }

    public static async Task<int> MakeAsync(string file)
    {
        var making = file + ".new";
        File.Delete(making);
        var services = new ServiceCollection().AddLogging();
        services.AddLoopServer().AddUserAgent().UseSqlite(making);
        await using (var provider = services.BuildServiceProvider())
        {
            var store = provider.GetRequiredService<IUserAgentStorage>();
            var now = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000) - Day;
            await store.ImportAsync(Account, new PlaceImport { Places = Import(now), Now = now }, CancellationToken.None);
            var session = await store.StartSessionAsync(Account, new NewAgentSession { StartedAt = now }, CancellationToken.None);
            await Parallel.ForAsync(0, Pages, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (page, cancellationToken) =>
            {
                var text = new BrowsingText(page).Page(page, PageLength);
                var place = page * (Places / Pages);
                await store.SavePageAsync(Account, new NewPage { Url = UrlOf(place), Session = session.Session, Excerpt = text[..100], Text = text, Now = now }, cancellationToken);
            });
        }

        File.Move(making, file);
        return 0;
    }

    // A tenth of the places has most of the visits.
    private static IEnumerable<ImportedPlace> Import(long now)
    {
        var text = new BrowsingText(Seed);
        for (var place = 0; place < Places; place++)
        {
            const int often = ((Visits - Places) / (Places / 10)) + 1;
            var visits = Enumerable.Range(0, place % 10 == 0 ? often : 1).Select(_ => now - 1 - ((long)text.Next(1_000_000_000) * 1_000_000 / 16)).Distinct().ToList();
            yield return new ImportedPlace
            {
                Url = UrlOf(place),
                Title = TitleOf(place),
                TitleAt = visits.Max(),
                Visits = visits,
                IsStarred = place % (Places / Stars) == 0,
                StarredAt = visits.Max(),
            };
        }
    }
}
