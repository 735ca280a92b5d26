using System.Text.RegularExpressions;
using Loop.Sdk.Server.Tests.LoopApi.Harness;

namespace Loop.Sdk.Server.Tests.LoopApi.Points;

/// <summary>The points of the specification about making and listing rooms.</summary>
[TestClass]
public sealed partial class RoomPoints
{
    private const string EightWeeks = "1344";
    private const string Context = ""","context":{"value":"YWJj","alg":"AES-GCM","wrappedKey":"a2V5"}""";

    [TestMethod]
    public async Task P09_Missing_members_are_named()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var answer = await user.SendAsync("POST", "/v0/rooms", "{}");
        Assert.AreEqual("400/108", answer.Code);
        Assert.AreEqual("Missing: roomOwner, maxSize, context,roomName", answer.Json.GetProperty("error").GetString());
        answer = await user.SendAsync("POST", "/v0/rooms", """{"roomName":"x","roomOwner":"Ada"}""");
        Assert.AreEqual("Missing: maxSize", answer.Json.GetProperty("error").GetString());
    }

    [TestMethod]
    public async Task P10_Name_and_context_together_are_invalid()
    {
        await using var world = await HttpWorld.StartAsync();
        Assert.AreEqual("400/107", await CreatingAsync(await world.UserAsync(), ""","roomName":"x","maxSize":2""" + Context));
    }

    [TestMethod]
    public async Task P11_Context_without_its_members_is_invalid()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        foreach (var context in new[] { """{"value":"YWJj","wrappedKey":"a2V5"}""", """{"alg":"AES-GCM","wrappedKey":"a2V5"}""", """{"value":"YWJj","alg":"AES-GCM"}""", "null", "7", "[]", "\"\"" })
        {
            Assert.AreEqual("400/107", await CreatingAsync(user, $""","maxSize":2,"context":{context}"""), context);
        }
    }

    [TestMethod]
    public async Task P12_Size_beyond_the_servers_is_invalid()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        foreach (var size in new[] { "6", "0", "-1", "2.5", "\"x\"", "null", "1e99", "true" })
        {
            Assert.AreEqual("400/107", await CreatingAsync(user, $""","roomName":"x","maxSize":{size}"""), size);
        }

        Assert.AreEqual("201", await CreatingAsync(user, ""","roomName":"x","maxSize":"2" """));
        Assert.AreEqual("201", await CreatingAsync(user, ""","roomName":"x","maxSize":5"""));
    }

    [TestMethod]
    public async Task P13_Lifetime_beyond_eight_weeks_is_invalid()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        foreach (var hours in new[] { "1345", "0", "-5", "1.5", "\"NaN\"" })
        {
            Assert.AreEqual("400/107", await CreatingAsync(user, $""","roomName":"x","maxSize":2,"expiresIn":{hours}"""), hours);
        }

        Assert.AreEqual("201", await CreatingAsync(user, $""","roomName":"x","maxSize":2,"expiresIn":{EightWeeks}"""));
    }

    [TestMethod]
    public async Task P14_New_room_has_a_short_token_an_address_and_an_end()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var answer = await user.SendAsync("POST", "/v0/rooms", """{"roomName":"x","roomOwner":"Ada","maxSize":2,"expiresIn":5}""");
        Assert.AreEqual(201, answer.Status);
        var token = answer.Json.GetProperty("roomToken").GetString()!;
        Assert.MatchesRegex(Token(), token);
        Assert.AreEqual($"https://hello.example/{token}", answer.Json.GetProperty("roomUrl").GetString());
        Assert.AreEqual(world.Second + (5 * 3600), answer.Json.GetProperty("expiresAt").GetInt64());
        Assert.AreNotEqual("", answer["Alert"]);
        Assert.AreEqual("", (await user.SendAsync("POST", "/v0/rooms", $$"""{"roomOwner":"Ada","maxSize":2{{Context}}}"""))["Alert"]);
    }

    [TestMethod]
    public async Task P15_Anybody_gets_the_public_members()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var named = await user.CreateAsync();
        var room = (await world.SendAsync("GET", $"/v0/rooms/{named}")).Json;
        Assert.AreEqual("roomToken roomUrl roomName roomOwner context", string.Join(' ', room.EnumerateObject().Select(static member => member.Name)));
        Assert.AreEqual("null", room.GetProperty("context").GetRawText());
        var sealedRoom = (await user.SendAsync("POST", "/v0/rooms", $$"""{"roomOwner":"-","maxSize":2{{Context}}}""")).Json.GetProperty("roomToken").GetString();
        room = (await world.SendAsync("GET", $"/v0/rooms/{sealedRoom}")).Json;
        Assert.AreEqual("""{"value":"YWJj","alg":"AES-GCM","wrappedKey":"a2V5"}""", room.GetProperty("context").GetRawText());
    }

    [TestMethod]
    public async Task P16_Stranger_with_a_session_gets_nothing()
    {
        await using var world = await HttpWorld.StartAsync();
        var room = await (await world.UserAsync()).CreateAsync();
        var stranger = await world.UserAsync();
        Assert.AreEqual("403/999", (await stranger.SendAsync("GET", $"/v0/rooms/{room}")).Code);
        await stranger.JoinAsync(room);
        Assert.AreEqual(200, (await stranger.SendAsync("GET", $"/v0/rooms/{room}")).Status);
    }

    [TestMethod]
    public async Task P17_Owner_gets_everything()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var token = await user.CreateAsync(maxSize: 3);
        var room = await user.GetAsync(token);
        Assert.AreEqual(
            "clientMaxSize context creationTime ctime expiresAt maxSize participants roomName roomOwner roomToken roomUrl",
            string.Join(' ', room.EnumerateObject().Select(static member => member.Name).Order(StringComparer.Ordinal)));
        Assert.AreEqual("[]", room.GetProperty("participants").GetRawText());
        Assert.AreEqual((3, 3), (room.GetProperty("maxSize").GetInt32(), room.GetProperty("clientMaxSize").GetInt32()));
        Assert.AreEqual((world.Second, world.Second), (room.GetProperty("creationTime").GetInt64(), room.GetProperty("ctime").GetInt64()));
        Assert.AreEqual(world.Second + (1344 * 3600), room.GetProperty("expiresAt").GetInt64());
    }

    [TestMethod]
    public async Task P18_List_is_sorted_by_the_time_of_change()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var first = await user.CreateAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = await user.CreateAsync();
        Assert.AreEqual($"{first} {second}", await user.ListAsync());
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        await user.JoinAsync(first);
        Assert.AreEqual($"{second} {first}", await user.ListAsync());
        Assert.AreEqual("", await (await world.UserAsync()).ListAsync());
    }

    [TestMethod]
    public async Task P19_Version_leaves_out_what_changed_before_it()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var first = await user.CreateAsync();
        var version = world.Second;
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        var second = await user.CreateAsync();
        Assert.AreEqual($"{first} {second}", await user.ListAsync(version));
        Assert.AreEqual(second, await user.ListAsync(version + 1));
        Assert.AreEqual(second, await user.ListAsync(version + 10));
        Assert.AreEqual("", await user.ListAsync(version + 11));
        Assert.AreEqual($"{first} {second}", await user.ListAsync(0));
    }

    [TestMethod]
    public async Task P20_Deleted_rooms_are_told_to_those_who_give_a_version()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.AreEqual("204", (await user.SendAsync("DELETE", $"/v0/rooms/{room}")).Code);
        var version = world.Second;
        Assert.AreEqual("", await user.ListAsync());
        Assert.AreEqual("", await user.ListAsync(0));
        Assert.AreEqual(room + "-", await user.ListAsync(version));
        Assert.AreEqual("", await user.ListAsync(version + 1));
        world.Clock.Advance(TimeSpan.FromMinutes(26));
        Assert.AreEqual(room + "-", await user.ListAsync(version));
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.AreEqual("", await user.ListAsync(version));
    }

    [TestMethod]
    public async Task P21_Only_the_owner_changes_a_room_and_prolongs_it()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var room = await user.CreateAsync();
        Assert.AreEqual("403/999", (await (await world.UserAsync()).SendAsync("PATCH", $"/v0/rooms/{room}", """{"roomName":"y"}""")).Code);
        Assert.AreEqual("400/107", (await user.SendAsync("PATCH", $"/v0/rooms/{room}", """{"context":null}""")).Code);
        world.Clock.Advance(TimeSpan.FromDays(2));
        var answer = await user.SendAsync("PATCH", $"/v0/rooms/{room}", """{"roomName":"y"}""");
        Assert.AreEqual(200, answer.Status);
        Assert.AreEqual(world.Second + (1344 * 3600), answer.Json.GetProperty("expiresAt").GetInt64());
        Assert.AreEqual("y", (await user.GetAsync(room)).GetProperty("roomName").GetString());
        answer = await user.SendAsync("PATCH", $"/v0/rooms/{room}", """{"expiresIn":3}""");
        Assert.AreEqual(world.Second + (3 * 3600), answer.Json.GetProperty("expiresAt").GetInt64());
    }

    [TestMethod]
    public async Task P22_Many_rooms_are_deleted_at_once()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var (one, other) = (await user.CreateAsync(), await (await world.UserAsync()).CreateAsync());
        var answer = await user.SendAsync("PATCH", "/v0/rooms", $$"""{"deleteRoomTokens":["{{one}}","{{other}}","x"]}""");
        Assert.AreEqual(207, answer.Status);
        var responses = answer.Json.GetProperty("responses");
        Assert.AreEqual("""{"code":200}""", responses.GetProperty(one).GetRawText());
        foreach (var missing in new[] { other, "x" })
        {
            Assert.AreEqual((404, 105), (responses.GetProperty(missing).GetProperty("code").GetInt32(), responses.GetProperty(missing).GetProperty("errno").GetInt32()));
        }

        answer = await user.SendAsync("PATCH", "/v0/rooms", $$"""{"deleteRoomTokens":["{{one}}"]}""");
        Assert.AreEqual((404, 404), (answer.Status, answer.Json.GetProperty("responses").GetProperty(one).GetProperty("code").GetInt32()));
        Assert.AreEqual("400/108", (await user.SendAsync("PATCH", "/v0/rooms", "{}")).Code);
        Assert.AreEqual("400/107", (await user.SendAsync("PATCH", "/v0/rooms", """{"deleteRoomTokens":[]}""")).Code);
    }

    private static async Task<string> CreatingAsync(HttpUser user, string more)
    {
        var answer = await user.SendAsync("POST", "/v0/rooms", $$"""{"roomOwner":"Ada"{{more}}}""");
        return answer.Status == 201 ? "201" : answer.Code;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{11}$")]
    private static partial Regex Token();
}
