using Loop.Sdk.Server.LoopApi;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.LoopApi;

/// <summary>Every row of the table of errors. 114 is of OAuth, which this server leaves to its host.</summary>
[TestClass]
public sealed class ErrnoTests
{
    [TestMethod]
    public async Task Every_row_of_the_table_is_provoked()
    {
        var storage = new CountingStorage();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.Services.AddSingleton<ILoopApiStorage>(storage));
        var (user, account) = (await world.UserAsync(), await world.UserAsync("ada"));
        var room = await user.CreateAsync(maxSize: 3);
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        async Task RowAsync(string code, Task<ApiAnswer> answering)
        {
            var answer = await answering;
            Assert.AreEqual(code, answer.Code, answer.Text);
            Assert.AreEqual(answer.Status, answer.Json.GetProperty("code").GetInt32());
            seen.Add(code);
        }

        await RowAsync("404/105", user.SendAsync("GET", "/v0/rooms/AAAAAAAAAAA"));
        await RowAsync("404/105", world.SendAsync("GET", "/v0/calls/AAAAAAAAAAA"));
        await RowAsync("404/105", world.SendAsync("POST", "/v0/calls/AAAAAAAAAAA", """{"callType":"audio"}"""));
        await RowAsync("404/105", user.SendAsync("PUT", "/v0/call-url/AAAAAAAAAAA"));
        await RowAsync("404/105", user.SendAsync("DELETE", "/v0/call-url/AAAAAAAAAAA"));
        await RowAsync("406/106", world.SendAsync("POST", "/v0/registration", null, ("Accept", "text/html")));
        await RowAsync("400/106", world.SendAsync("POST", "/v0/registration", "{"));
        await RowAsync("400/107", user.ActAsync(room, "dance"));
        await RowAsync("400/108", user.SendAsync("POST", "/v0/rooms", "{}"));
        await RowAsync("401/110", world.SendAsync("GET", "/v0/rooms"));
        await RowAsync("400/110", world.SendAsync("GET", "/v0/rooms", null, ("Authorization", "Hawk x")));
        await RowAsync("403/110", user.SendAsync("POST", "/v0/calls", """{"calleeId":"x","callType":"audio"}"""));
        await RowAsync("410/111", user.ActAsync(room, "refresh"));
        await RowAsync("413/113", world.SendAsync("POST", "/v0/registration", new string(' ', (100 * 1024) + 1)));
        await user.JoinAsync(room);
        await RowAsync("400/121", world.TryJoinAsync(room, size: 1));
        await RowAsync("400/122", account.SendAsync("POST", "/v0/calls", """{"calleeId":"nobody","callType":"audio"}"""));
        await world.JoinAsync(room);
        await world.JoinAsync(room);
        await RowAsync("400/202", world.TryJoinAsync(room));
        await RowAsync("400/203", account.ActAsync(room, "leave"));
        await RowAsync("405/204", user.SendAsync("POST", "/v0/call-url", "{}"));
        await RowAsync("403/999", account.SendAsync("GET", $"/v0/rooms/{room}"));
        await RowAsync("404/999", world.SendAsync("GET", "/v0/nothing"));
        await RowAsync("405/999", user.SendAsync("POST", "/v0/event", """{"event":"a","action":"b","label":"c"}"""));
        storage.Fails = true;
        await RowAsync("503/201", world.SendAsync("POST", "/v0/registration"));

        // The session is believed for a moment.
        Assert.AreEqual(200, (await user.SendAsync("GET", "/v0/rooms")).Status);
        world.Clock.Advance(Recent<string, HawkSession>.Moment);
        await RowAsync("503/201", user.SendAsync("GET", "/v0/rooms"));
        Assert.AreEqual("400/106 400/107 400/108 400/110 400/121 400/122 400/202 400/203 401/110 403/110 403/999 404/105 404/999 405/204 405/999 406/106 410/111 413/113 503/201", string.Join(' ', seen));
    }

    [TestMethod]
    public async Task Store_that_fails_is_told_by_the_heartbeat_and_by_retry_after()
    {
        var storage = new CountingStorage();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.Services.AddSingleton<ILoopApiStorage>(storage));
        Assert.AreEqual((200, """{"storage":true,"provider":true,"push":true,"fxaVerifier":true}"""), await BeatAsync(world));
        storage.Fails = true;
        Assert.AreEqual((503, """{"storage":false,"provider":true,"push":true,"fxaVerifier":true}"""), await BeatAsync(world));
        Assert.AreEqual("30", (await world.SendAsync("POST", "/v0/registration"))["Retry-After"]);
    }

    [TestMethod]
    public async Task Defect_costs_one_request_and_says_nothing()
    {
        await using var world = await HttpWorld.StartAsync(build: static builder => builder.Services.AddSingleton<ILoopMediaProvider, BrokenMedia>());
        var user = await world.UserAsync();
        var room = await user.CreateAsync();
        var answer = await user.JoinAsync(room);
        Assert.AreEqual("""{"code":500,"errno":999,"error":"Internal Server Error"}""", answer.Text);
        Assert.AreEqual(200, (await user.SendAsync("GET", $"/v0/rooms/{room}")).Status);
        Assert.AreEqual((503, """{"storage":true,"provider":false,"push":true,"fxaVerifier":true}"""), await BeatAsync(world));
        world.ForgetErrors();
    }

    private static async Task<(int, string)> BeatAsync(HttpWorld world)
    {
        var answer = await world.SendAsync("GET", "/v0/__heartbeat__");
        return (answer.Status, answer.Text);
    }

    private sealed class BrokenMedia : ILoopMediaProvider
    {
        public ValueTask<LoopMediaSession> JoinAsync(LoopMediaJoin join, CancellationToken cancellationToken) => throw new InvalidOperationException("secret of the provider");

        public ValueTask<bool> IsHealthyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);
    }
}
