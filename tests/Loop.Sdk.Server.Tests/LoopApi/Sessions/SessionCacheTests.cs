using Loop.Sdk.Server.LoopApi;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Loop.Sdk.Server.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.LoopApi.Sessions;

/// <summary>That sessions are not read for each request changes nothing that a client can see.</summary>
[TestClass]
public sealed class SessionCacheTests
{
    private const string Rooms = "/v0/rooms";

    [TestMethod]
    public async Task Session_is_read_once_for_the_requests_of_a_moment()
    {
        var storage = new CountingStorage();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.Services.AddSingleton<ILoopApiStorage>(storage));
        var user = await world.UserAsync();
        for (var request = 0; request < 5; request++)
        {
            await user.ListAsync();
        }

        Assert.AreEqual(1, storage.Read);
        world.Clock.Advance(Recent<string, HawkSession>.Moment);
        await user.ListAsync();
        Assert.AreEqual(2, storage.Read);
    }

    [TestMethod]
    [DataRow("/v0/session")]
    [DataRow("/v0/account")]
    public async Task Session_that_was_just_used_is_refused_as_soon_as_it_was_ended(string path)
    {
        using var folder = new SqliteFolder();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.UseSqlite(folder.File));
        var user = await world.UserAsync("ada");
        await user.ListAsync();
        Assert.AreEqual("204", (await user.SendAsync("DELETE", path)).Code);
        Assert.AreEqual("401/110", (await user.SendAsync("GET", Rooms)).Code);
    }

    [TestMethod]
    public async Task Sessions_of_a_deleted_account_are_refused_at_once_wherever_they_were_used()
    {
        await using var world = await HttpWorld.StartAsync();
        var (one, other, stranger) = (await world.UserAsync("ada"), await world.UserAsync("ada"), await world.UserAsync("bob"));
        Assert.AreEqual("", await one.ListAsync() + await other.ListAsync() + await stranger.ListAsync());
        Assert.AreEqual("204", (await one.SendAsync("DELETE", "/v0/account")).Code);
        Assert.AreEqual("401/110", (await other.SendAsync("GET", Rooms)).Code);
        Assert.AreEqual("", await stranger.ListAsync());
    }

    [TestMethod]
    public async Task Session_that_made_room_for_a_new_one_is_refused_at_once()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.MaxSessionsPerUser = 1);
        var first = await world.UserAsync("ada");
        await first.ListAsync();
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = await world.UserAsync("ada");
        Assert.AreEqual("401/110", (await first.SendAsync("GET", Rooms)).Code);
        Assert.AreEqual("", await second.ListAsync());
    }

    [TestMethod]
    public async Task Session_that_another_process_ended_is_refused_after_a_moment()
    {
        using var folder = new SqliteFolder();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.UseSqlite(folder.File));
        var user = await world.UserAsync("ada");
        await user.ListAsync();
        using (var other = new SqliteSession(folder.File, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite, TimeSpan.FromSeconds(5)))
        {
            Assert.AreEqual(1, other.Run("DELETE FROM loop_sessions"));
        }

        world.Clock.Advance(Recent<string, HawkSession>.Moment);
        Assert.AreEqual("401/110", (await user.SendAsync("GET", Rooms)).Code);
    }

    [TestMethod]
    public async Task Session_that_expires_is_refused_within_its_moment()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.SessionLifetime = TimeSpan.FromHours(1));
        var user = await world.UserAsync();
        world.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        await user.ListAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual("401/110", (await user.SendAsync("GET", Rooms)).Code);
    }

    [TestMethod]
    public async Task Session_is_prolonged_once_by_the_requests_of_a_moment()
    {
        var storage = new CountingStorage();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.Services.AddSingleton<ILoopApiStorage>(storage));
        var user = await world.UserAsync();
        world.Clock.Advance(TimeSpan.FromDays(2));
        await user.ListAsync();
        await user.ListAsync();
        Assert.AreEqual(1, storage.Prolonged);
    }

    [TestMethod]
    public async Task Sweep_leaves_no_key_in_memory()
    {
        var storage = new CountingStorage();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.Services.AddSingleton<ILoopApiStorage>(storage));
        await (await world.UserAsync()).ListAsync();
        var recent = world.Services.GetRequiredService<HawkSessions>().Recent;
        Assert.AreEqual(1, recent.Count);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await storage.Swept;
        Assert.AreEqual(0, recent.Count);
    }
}
