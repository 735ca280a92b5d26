using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Loop.Sdk.Server.Tests.Hosting.Harness;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.Tests.Hosting;

/// <summary>Real processes: the service is started on demand, outlives who started it, is killed, and is updated under its clients.</summary>
[TestClass]
[UnsupportedOSPlatform("windows")]
[DoNotParallelize]
public sealed class LocalServiceProcessTests
{
    private const UnixFileMode OwnOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int SessionField = 5;

    [TestMethod]
    public async Task One_service_is_started_when_many_clients_come_at_once()
    {
        using var folder = new LocalServiceFolder();
        var channels = Enumerable.Range(0, 6).Select(_ => folder.Connect()).ToList();
        var sessions = await Task.WhenAll(channels.Select(static channel => channel.UserAgent.StartSessionAsync()));
        CollectionAssert.AreEquivalent(new long[] { 1, 2, 3, 4, 5, 6 }, sessions);
        Assert.AreEqual(OwnOnly, File.GetUnixFileMode(folder.Socket));

        // It has a session of its own, without a terminal.
        var status = await File.ReadAllTextAsync($"/proc/{folder.Serving!.Value.Process}/stat");
        Assert.AreEqual(folder.Serving.Value.Process, int.Parse(status[status.LastIndexOf(')')..].Split(' ')[SessionField - 1], CultureInfo.InvariantCulture));
        await Task.WhenAll(channels.Select(static channel => channel.DisposeAsync().AsTask()));
    }

    [TestMethod]
    public async Task The_service_stays_when_who_started_it_ends()
    {
        using var folder = new LocalServiceFolder();
        using (var starter = Process.Start(new ProcessStartInfo(folder.Launcher().Program, [typeof(LocalServiceWorker).Assembly.Location, LocalServiceWorker.Starter, folder.Socket]))!)
        {
            await starter.WaitForExitAsync();
            Assert.AreEqual(0, starter.ExitCode);
        }

        var serving = folder.Serving;
        await using var channel = folder.Connect();
        Assert.AreEqual(1, await channel.UserAgent.StartSessionAsync());
        Assert.AreEqual(serving, folder.Serving);
    }

    [TestMethod]
    public async Task Clients_go_on_when_the_service_is_killed()
    {
        using var folder = new LocalServiceFolder();
        await using var one = folder.Connect();
        await using var other = folder.Connect();
        await using var stars = other.UserAgent.ShowStars();
        var session = await one.UserAgent.StartSessionAsync();
        await stars.WhenReadyAsync();
        for (var round = 0; round < 3; round++)
        {
            var killed = folder.Serving!.Value.Process;
            await folder.KillAsync();
            Assert.IsTrue(File.Exists(folder.Socket), "The socket of the dead is there.");
            await one.UserAgent.StarAsync($"https://{round}.example/", session);
            await UntilAsync(stars, round + 1);
            Assert.AreNotEqual(killed, folder.Serving!.Value.Process);
        }
    }

    [TestMethod]
    public async Task Nothing_is_lost_when_a_newer_version_takes_over_under_clients_that_write()
    {
        using var folder = new LocalServiceFolder();
        await using var one = folder.Connect();
        await using var other = folder.Connect();
        await using var stars = other.UserAgent.ShowStars();
        var session = await one.UserAgent.StartSessionAsync();
        await stars.WhenReadyAsync();
        var written = 0;
        for (var version = 1; version <= 3; version++)
        {
            using var old = Process.GetProcessById(folder.Serving!.Value.Process);
            var update = folder.Launcher($"2.{version}").EnsureRunningAsync();
            do
            {
                await one.UserAgent.StarAsync($"https://{written}.example/", session);
                written++;
            }
            while (folder.Serving?.Version != $"2.{version}");

            await update;
            await old.WaitForExitAsync();
        }

        await UntilAsync(stars, written);
        Assert.IsTrue(Enumerable.Range(0, written).All(number => stars.TryGet($"https://{number}.example/", out _)));

        // An older one that is started now leaves it alone.
        Assert.IsNull(await LocalService.ClaimAsync(new LocalServiceOptions { SocketPath = folder.Socket, Version = new(1, 0) }));
        Assert.AreEqual("2.3", folder.Serving!.Value.Version);
    }

    private static async Task UntilAsync(Feeds.LiveCollection<string, StarredPage> stars, int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs change)
        {
            if (stars.Count >= count)
            {
                reached.TrySetResult();
            }
        }

        stars.CollectionChanged += Look;
        Look(null, EventArgs.Empty);
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(2));
        stars.CollectionChanged -= Look;
        Assert.HasCount(count, stars);
    }
}
