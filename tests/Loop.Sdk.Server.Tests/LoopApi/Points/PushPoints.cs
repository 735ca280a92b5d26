using Loop.Sdk.Server.Tests.LoopApi.Harness;

namespace Loop.Sdk.Server.Tests.LoopApi.Points;

/// <summary>The points of the specification about pushes, status and shared pages.</summary>
[TestClass]
public sealed class PushPoints
{
    private const string Status = ""","event":"Session.connectionCreated","state":"waiting","connections":1,"sendStreams":0,"recvStreams":0""";

    [TestMethod]
    public async Task P36_Each_change_is_pushed_once_to_each_address()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync("ada", "rooms");
        var other = await world.UserAsync("ada", "rooms");
        var same = await world.SendAsync("POST", "/v0/registration", $$$"""{"simplePushURLs":{"rooms":"{{{other.Push}}}"}}""", ("Authorization", "Bearer token-of-ada"));
        Assert.AreEqual(200, same.Status);
        var last = 0L;
        async Task PushedAsync(string what, long ago = 0)
        {
            var pushes = new[] { await world.Sink.NextAsync(), await world.Sink.NextAsync() };
            CollectionAssert.AreEquivalent(new[] { user.Push, other.Push }, pushes.Select(static push => push.Url).ToArray(), what);
            Assert.AreEqual(pushes[0].Version, pushes[1].Version);
            Assert.IsGreaterThan(last, pushes[0].Version, what);
            Assert.IsGreaterThanOrEqualTo(world.Second - ago, pushes[0].Version, what);
            last = pushes[0].Version;
        }

        var room = await user.CreateAsync();
        await PushedAsync("creation");
        await user.SendAsync("PATCH", $"/v0/rooms/{room}", """{"roomName":"y"}""");
        await PushedAsync("modification");
        await user.JoinAsync(room);
        await PushedAsync("join");
        await user.ActAsync(room, "refresh");
        await user.ActAsync(room, "status", Status);
        var guest = await world.JoinAsync(room);
        await PushedAsync("a guest's join");
        await world.ActAsync(room, guest, "leave");
        await PushedAsync("leave");
        world.ExpireAll();
        await PushedAsync("expiry", ago: 1);
        await user.SendAsync("DELETE", $"/v0/rooms/{room}");
        await PushedAsync("deletion");
        var one = await user.CreateAsync();
        await PushedAsync("creation");
        var two = await user.CreateAsync();
        await PushedAsync("creation");
        await user.SendAsync("PATCH", "/v0/rooms", $$"""{"deleteRoomTokens":["{{one}}","{{two}}"]}""");
        await PushedAsync("deletion of many");
        Assert.IsTrue(world.Sink.IsQuiet);
    }

    [TestMethod]
    public async Task P37_Status_has_five_members()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync();
        Assert.AreEqual("400/203", (await user.ActAsync(room, "status", Status)).Code);
        await user.JoinAsync(room);
        Assert.AreEqual("204", (await user.ActAsync(room, "status", Status + ""","sessionToken":"x" """)).Code);
        foreach (var name in new[] { "event", "state", "connections", "sendStreams", "recvStreams" })
        {
            Assert.AreEqual("400/107", (await user.ActAsync(room, "status", Status.Replace($"\"{name}\"", "\"x\"", StringComparison.Ordinal))).Code, name);
        }

        foreach (var number in new[] { "-1", "0.5", "\"x\"", "null" })
        {
            Assert.AreEqual("400/107", (await user.ActAsync(room, "status", Status.Replace("\"connections\":1", $"\"connections\":{number}", StringComparison.Ordinal))).Code, number);
        }
    }

    [TestMethod]
    public async Task P38_Shared_pages_are_counted()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync();
        const string Domains = ""","domains":[{"domain":"a.example","count":2},{"domain":"b.example","count":1}]""";
        Assert.AreEqual("400/203", (await user.ActAsync(room, "logDomain", Domains)).Code);
        await user.JoinAsync(room);
        Assert.AreEqual("204", (await user.ActAsync(room, "logDomain", Domains)).Code);
        Assert.AreEqual("400/108", (await user.ActAsync(room, "logDomain")).Code);
        foreach (var domains in new[] { """[{"domain":"a.example"}]""", """[{"count":1}]""", "[7]", "7", """[{"domain":"a","count":-1}]""", """[{"domain":"a","count":1.5}]""" })
        {
            Assert.AreEqual("400/107", (await user.ActAsync(room, "logDomain", $",\"domains\":{domains}")).Code, domains);
        }
    }
}
