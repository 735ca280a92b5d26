using System.Text.Json;
using Loop.Sdk.Server.Tests.LoopApi.Harness;

namespace Loop.Sdk.Server.Tests.LoopApi.Points;

/// <summary>The points of the specification about coming, staying and going.</summary>
[TestClass]
public sealed class MembershipPoints
{
    [TestMethod]
    public async Task P23_Join_answers_with_expires_300()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync();
        var answer = await user.JoinAsync(room);
        Assert.AreEqual(200, answer.Status, answer.Text);
        Assert.AreEqual("apiKey expires sessionId sessionToken", string.Join(' ', answer.Json.EnumerateObject().Select(static member => member.Name).Order(StringComparer.Ordinal)));
        Assert.AreEqual(300, answer.Json.GetProperty("expires").GetInt32());
        Assert.AreEqual(room, answer.Json.GetProperty("sessionId").GetString());
    }

    [TestMethod]
    public async Task P24_Guest_joins_and_is_known_by_the_token_with_and_without_a_colon()
    {
        await using var world = await HttpWorld.StartAsync();
        var room = await (await world.UserAsync()).CreateAsync();
        var guest = await world.JoinAsync(room);
        foreach (var colon in new[] { true, false })
        {
            var shown = await world.GuestAsync("GET", $"/v0/rooms/{room}", null, guest, colon);
            Assert.AreEqual("Bob", Only(shown.Json).GetProperty("displayName").GetString());
            Assert.AreEqual(200, (await world.ActAsync(room, guest, "refresh", colon: colon)).Status);
        }
    }

    [TestMethod]
    public async Task P25_Last_seat_is_kept_for_the_owner()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync(maxSize: 2);
        await world.JoinAsync(room);
        Assert.AreEqual("400/202", (await world.TryJoinAsync(room)).Code);
        Assert.AreEqual(200, (await user.JoinAsync(room)).Status);
        Assert.AreEqual("400/202", (await world.TryJoinAsync(room)).Code);
    }

    [TestMethod]
    public async Task P26_Client_that_can_be_with_nobody_does_not_join_others()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync(maxSize: 3);
        await user.JoinAsync(room);
        Assert.AreEqual("400/121", (await world.TryJoinAsync(room, size: 1)).Code);
        Assert.AreEqual("400/107", (await world.TryJoinAsync(room, size: 0)).Code);
    }

    [TestMethod]
    public async Task P27_Least_client_decides_for_all()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync(maxSize: 5);
        await user.JoinAsync(room, size: 2);
        await world.JoinAsync(room);
        Assert.AreEqual("400/202", (await world.TryJoinAsync(room)).Code);
        Assert.AreEqual(2, (await user.GetAsync(room)).GetProperty("clientMaxSize").GetInt32());
    }

    [TestMethod]
    public async Task P28_Joining_again_takes_the_place_of_the_first_time()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync();
        await user.JoinAsync(room);
        var first = Only(await user.GetAsync(room)).GetProperty("roomConnectionId").GetGuid();
        Assert.AreEqual(4, first.Version);
        Assert.AreEqual(200, (await user.JoinAsync(room)).Status);
        var second = Only(await user.GetAsync(room));
        Assert.AreNotEqual(first, second.GetProperty("roomConnectionId").GetGuid());
        Assert.IsTrue(second.GetProperty("owner").GetBoolean());
        var guest = await world.JoinAsync(room);
        var again = await world.ActAsync(room, guest, "join", HttpUser.Joining("Bobby"));
        Assert.AreEqual((200, guest), (again.Status, again.Json.GetProperty("sessionToken").GetString()));
        Assert.AreEqual("Ada Bobby", Names(await user.GetAsync(room)));
    }

    [TestMethod]
    public async Task P29_Refresh_prolongs_a_participation()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync();
        await user.JoinAsync(room);
        var guest = await world.JoinAsync(room);
        for (var round = 0; round < 3; round++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(270));
            foreach (var answer in new[] { await user.ActAsync(room, "refresh"), await world.ActAsync(room, guest, "refresh") })
            {
                Assert.AreEqual("""{"expires":300}""", answer.Text);
            }
        }

        Assert.AreEqual("Ada Bob", Names(await user.GetAsync(room)));
    }

    [TestMethod]
    public async Task P30_Expired_participation_is_over()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync();
        await user.JoinAsync(room);
        var guest = await world.JoinAsync(room);
        world.ExpireAll();
        Assert.AreEqual("410/111", (await user.ActAsync(room, "refresh")).Code);
        Assert.AreEqual("401/110", (await world.ActAsync(room, guest, "refresh")).Code);
        Assert.AreEqual("", Names(await user.GetAsync(room)));
    }

    [TestMethod]
    public async Task P31_Nobody_leaves_twice()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync();
        await user.JoinAsync(room);
        Assert.AreEqual("204", (await user.ActAsync(room, "leave")).Code);
        Assert.AreEqual("400/203", (await user.ActAsync(room, "leave")).Code);
    }

    [TestMethod]
    public async Task P32_Guest_who_left_is_nobody()
    {
        await using var world = await HttpWorld.StartAsync();
        var room = await (await world.UserAsync()).CreateAsync();
        var guest = await world.JoinAsync(room);
        Assert.AreEqual("204", (await world.ActAsync(room, guest, "leave")).Code);
        var answer = await world.ActAsync(room, guest, "leave");
        Assert.AreEqual("401/110", answer.Code);
        Assert.StartsWith("Basic error=", answer["WWW-Authenticate"]);
        Assert.AreEqual(JsonValueKind.String, answer.Json.GetProperty("error").ValueKind);
    }

    [TestMethod]
    public async Task P33_Refresh_without_authentication_is_refused()
    {
        await using var world = await HttpWorld.StartAsync();
        var room = await (await world.UserAsync()).CreateAsync();
        foreach (var action in new[] { "refresh", "leave", "status", "logDomain" })
        {
            var answer = await world.SendAsync("POST", $"/v0/rooms/{room}", $$"""{"action":"{{action}}"}""");
            Assert.AreEqual(("401/110", "Token,Hawk"), (answer.Code, answer["WWW-Authenticate"]));
        }
    }

    [TestMethod]
    public async Task P34_Unknown_action_is_invalid_and_none_is_missing()
    {
        await using var world = await HttpWorld.StartAsync();
        var room = await (await world.UserAsync()).CreateAsync();
        Assert.AreEqual("400/107", (await world.SendAsync("POST", $"/v0/rooms/{room}", """{"action":"dance"}""")).Code);
        Assert.AreEqual("400/107", (await world.SendAsync("POST", $"/v0/rooms/{room}", """{"action":1}""")).Code);
        Assert.AreEqual("400/108", (await world.SendAsync("POST", $"/v0/rooms/{room}", "{}")).Code);
        Assert.AreEqual("400/108", (await world.SendAsync("POST", $"/v0/rooms/{room}")).Code);
    }

    [TestMethod]
    public async Task P35_Unknown_room_is_not_found_whatever_the_credentials()
    {
        await using var world = await HttpWorld.StartAsync();
        foreach (var credentials in new[] { "Hawk garbage", "Basic x", "Bearer x", "" })
        {
            (string, string)[] headers = credentials.Length == 0 ? [] : [("Authorization", credentials)];
            foreach (var room in new[] { "AAAAAAAAAAA", "x", "%20" })
            {
                Assert.AreEqual("404/105", (await world.SendAsync("GET", $"/v0/rooms/{room}", null, headers)).Code);
                Assert.AreEqual("404/105", (await world.SendAsync("POST", $"/v0/rooms/{room}", """{"action":"join"}""", headers)).Code);
            }
        }
    }

    private static JsonElement Only(JsonElement room) => room.GetProperty("participants").EnumerateArray().Single();

    private static string Names(JsonElement room) => string.Join(' ', room.GetProperty("participants").EnumerateArray().Select(static one => one.GetProperty("displayName").GetString()).Order(StringComparer.Ordinal));
}
