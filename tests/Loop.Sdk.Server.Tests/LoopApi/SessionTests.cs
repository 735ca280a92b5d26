using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.LoopApi;

[TestClass]
public sealed class SessionTests
{
    [TestMethod]
    public async Task Credentials_of_the_host_give_a_session_of_the_account()
    {
        await using var world = await HttpWorld.StartAsync();
        var (one, other) = (await world.UserAsync("ada"), await world.UserAsync("ada"));
        Assert.AreNotEqual(one.Token, other.Token);
        var room = await one.CreateAsync();
        Assert.AreEqual(room, await other.ListAsync());
        Assert.AreEqual(200, (await world.SendAsync("POST", "/v0/registration", null, ("Authorization", "BrowserID token-of-ada"))).Status);
    }

    [TestMethod]
    public async Task Credentials_that_are_not_accepted_are_refused()
    {
        await using var world = await HttpWorld.StartAsync();
        foreach (var (header, code, challenge) in new[]
        {
            ("Bearer nobody", "401/110", "Bearer error=\"Invalid credentials\""), ("Bearer", "401/110", "Bearer error=\"Invalid credentials\""),
            ("BrowserID x", "401/110", "BrowserID error=\"Invalid credentials\""), ("Digest x", "401/110", "BrowserID,Bearer,Hawk error=\"Unsupported\""),
            ("Bearer broken", "503/201", ""), ("Bearer token-of-guest:x", "401/110", "Bearer error=\"Invalid credentials\""), ("Bearer token-of-hawk:x", "401/110", "Bearer error=\"Invalid credentials\""),
        })
        {
            var answer = await world.SendAsync("POST", "/v0/registration", null, ("Authorization", header));
            Assert.AreEqual((code, challenge), (answer.Code, answer["WWW-Authenticate"]), header);
            world.ForgetErrors();
            Assert.AreEqual(code.StartsWith("503", StringComparison.Ordinal) ? "30" : "", answer["Retry-After"]);
        }
    }

    [TestMethod]
    public async Task Session_lasts_for_thirty_days_from_its_last_use_and_is_seldom_written()
    {
        var storage = new CountingStorage();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.Services.AddSingleton<ILoopApiStorage>(storage));
        var user = await world.UserAsync();
        for (var request = 0; request < 6; request++)
        {
            await user.ListAsync();
            world.Clock.Advance(TimeSpan.FromHours(5));
        }

        Assert.AreEqual(1, storage.Prolonged);
        world.Clock.Advance(TimeSpan.FromDays(29));
        await user.ListAsync();
        Assert.AreEqual(2, storage.Prolonged);
        world.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(6));
        Assert.AreEqual("401/110", (await user.SendAsync("GET", "/v0/rooms")).Code);
    }

    [TestMethod]
    public async Task Ending_a_session_needs_an_account_and_leaves_the_others()
    {
        await using var world = await HttpWorld.StartAsync();
        Assert.AreEqual("403/110", (await (await world.UserAsync()).SendAsync("DELETE", "/v0/session")).Code);
        var (one, other) = (await world.UserAsync("ada"), await world.UserAsync("ada"));
        Assert.AreEqual("204", (await one.SendAsync("DELETE", "/v0/session")).Code);
        Assert.AreEqual("401/110", (await one.SendAsync("GET", "/v0/rooms")).Code);
        Assert.AreEqual("", await other.ListAsync());
    }

    [TestMethod]
    public async Task Unregistering_ends_the_pushes_of_that_session_only()
    {
        await using var world = await HttpWorld.StartAsync();
        var (one, other) = (await world.UserAsync("ada", "rooms"), await world.UserAsync("ada", "rooms"));
        Assert.AreEqual("204", (await one.SendAsync("DELETE", "/v0/registration?simplePushURL=x")).Code);
        await one.CreateAsync();
        Assert.AreEqual(other.Push, (await world.Sink.NextAsync()).Url);
        await one.CreateAsync();
        Assert.AreEqual(other.Push, (await world.Sink.NextAsync()).Url);
    }

    [TestMethod]
    public async Task Deleting_an_account_leaves_nothing()
    {
        await using var world = await HttpWorld.StartAsync();
        var (one, other, caller) = (await world.UserAsync("ada", "rooms", "calls"), await world.UserAsync("ada"), await world.UserAsync("bob"));
        var room = await one.CreateAsync();
        Assert.AreEqual(one.Push, (await world.Sink.NextAsync()).Url);
        const string Call = """{"calleeId":"ada","callType":"audio"}""";
        Assert.AreEqual(200, (await caller.SendAsync("POST", "/v0/calls", Call)).Status);
        Assert.AreEqual("204", (await one.SendAsync("DELETE", "/v0/account")).Code);
        Assert.AreEqual("401/110", (await one.SendAsync("GET", "/v0/rooms")).Code);
        Assert.AreEqual("401/110", (await other.SendAsync("GET", "/v0/rooms")).Code);
        Assert.AreEqual("404/105", (await world.SendAsync("GET", $"/v0/rooms/{room}")).Code);
        Assert.AreEqual("400/122", (await caller.SendAsync("POST", "/v0/calls", Call)).Code);
        Assert.AreEqual("", await (await world.UserAsync("ada")).ListAsync());
    }

    [TestMethod]
    public async Task Addresses_are_replaced_topic_by_topic_and_the_old_names_are_known()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync("ada", "rooms");
        var (first, second) = (world.Sink.NewUrl(), world.Sink.NewUrl());
        foreach (var body in new[] { $$"""{"simplePushURL":"{{first}}"}""", $$"""{"simple_push_url":"{{second}}"}""" })
        {
            Assert.AreEqual(200, (await user.SendAsync("POST", "/v0/registration", body)).Status);
        }

        var path = $"/v0/registration?simplePushURL={Uri.EscapeDataString(first)}";
        Assert.AreEqual(200, (await user.SendAsync("POST", path)).Status);
        await user.CreateAsync();
        Assert.AreEqual(user.Push, (await world.Sink.NextAsync()).Url);
        await (await world.UserAsync("bob")).SendAsync("POST", "/v0/calls", """{"calleeId":"ada","callType":"audio"}""");
        Assert.AreEqual(first, (await world.Sink.NextAsync()).Url);
        var form = await world.SendAsync("POST", "/v0/registration", $"simplePushURL={Uri.EscapeDataString(first)}", ("Content-Type", "application/x-www-form-urlencoded"));
        Assert.AreEqual(200, form.Status);
    }

    [TestMethod]
    public async Task Oldest_session_of_an_account_makes_room()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.MaxSessionsPerUser = 2);
        var users = new List<HttpUser>();
        for (var number = 0; number < 3; number++)
        {
            users.Add(await world.UserAsync("ada"));
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.AreEqual("401/110", (await users[0].SendAsync("GET", "/v0/rooms")).Code);
        Assert.AreEqual("", await users[1].ListAsync() + await users[2].ListAsync());
    }

    [TestMethod]
    public async Task Nothing_secret_is_in_the_log_or_the_store()
    {
        var storage = new CountingStorage();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.Services.AddSingleton<ILoopApiStorage>(storage));
        var user = await world.UserAsync("ada", "rooms");
        var room = await user.CreateAsync();
        var guest = await world.JoinAsync(room);
        await user.JoinAsync(room);
        await world.ActAsync(room, guest, "leave");
        await world.SendAsync("POST", "/v0/registration", null, ("Authorization", "Bearer secret-bearer"));
        await world.Sink.NextAsync();
        var log = string.Join('\n', world.Logs.Entries);
        foreach (var secret in new[] { user.Token, user.Hawk.Id, user.Hawk.Key, user.Push, guest, room, "secret-bearer" })
        {
            Assert.DoesNotContain(secret, log);
        }

        var record = storage.Added.Single();
        Assert.AreNotEqual(user.Hawk.Id, record.Id);
        Assert.AreNotEqual(user.Hawk.Key, Convert.ToHexStringLower(record.MaskedKey.Span));
    }
}
