using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Hosting.Harness;
using Loop.Sdk.Server.Tests.Storage;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.Tests.Hosting;

/// <summary>Windows as processes that write all at once, of which one is killed again and again, and the service once: in the end all show the same, and that is what is stored.</summary>
[TestClass]
[DoNotParallelize]
public sealed class WindowsTests
{
    private static bool IsNightly => Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task All_windows_show_what_is_stored_when_they_wrote_at_once_and_some_were_killed()
    {
        // Of a night: about a minute, and a kill every few seconds.
        var (count, kills, writesBetweenKills) = IsNightly ? (16, 20, 600) : (4, 4, 20);
        using var folder = new LocalServiceFolder();
        using var wrote = new SemaphoreSlim(0);
        var seed = 0;
        WindowProcess Open() => new(folder, seed++, () => wrote.Release());
        var windows = Enumerable.Range(0, count).Select(_ => Open()).ToList();
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                for (var write = 0; write < writesBetweenKills; write++)
                {
                    Assert.IsTrue(await wrote.WaitAsync(TimeSpan.FromMinutes(2)), "The windows do not write.");
                }

                if (kill == kills / 2)
                {
                    await folder.KillAsync();
                }

                using var killed = windows[kill % count];
                await killed.KillAsync();
                windows[kill % count] = Open();
            }

            await Task.WhenAll(windows.Select(static window => window.StopAsync()));
            await CompareAsync(folder, windows);
        }
        finally
        {
            windows.ForEach(static window => window.Dispose());
        }
    }

    private async Task CompareAsync(LocalServiceFolder folder, IReadOnlyList<WindowProcess> windows)
    {
        await using var channel = folder.Connect();
        await using var views = new WindowViews(channel.UserAgent);
        var session = await channel.UserAgent.StartSessionAsync();
        await channel.UserAgent.StarAsync(WindowViews.Mark, session);
        await channel.UserAgent.VisitAsync(WindowViews.Mark, session);
        var shown = await Task.WhenAll(windows.Select(static window => window.View).Append(views.ReadAsync()));
        TestContext.WriteLine(string.Join('\n', shown));
        Assert.HasCount(1, shown.Distinct(), string.Join('\n', shown));

        await folder.KillAsync();
        await using var database = SqliteFolder.Open(new SqliteStorageOptions { Path = folder.Database });
        await UserAgentRebuild.CheckAsync(database);
        Assert.AreEqual(shown[0], await StoredAsync(new SqliteUserAgentStorage(database)));
    }

    private static async Task<string> StoredAsync(SqliteUserAgentStorage store)
    {
        var stars = await store.ListStarredAsync("me", 10_000, CancellationToken.None);
        var history = (await store.ListVisitedAsync("me", null, 500, CancellationToken.None)).Items;
        return WindowViews.Describe(
            stars.Select(static star => (star.Url, star.Title, star.StarredAt!.Value)), history.Select(static place => (place.Url, place.Title, place.Visits, place.LastVisitedAt)));
    }
}
