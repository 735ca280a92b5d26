using System.Text.RegularExpressions;
using Loop.Sdk.Server.Tests.LoopApi.Harness;

namespace Loop.Sdk.Server.Tests.LoopApi.Points;

/// <summary>The points of the specification about sessions.</summary>
[TestClass]
public sealed partial class SessionPoints
{
    [TestMethod]
    public async Task P01_Registering_without_authentication_gives_a_token()
    {
        await using var world = await HttpWorld.StartAsync();
        foreach (var prefix in new[] { "", "/v0", "/v1" })
        {
            var answer = await world.SendAsync("POST", prefix + "/registration");
            Assert.AreEqual(200, answer.Status);
            Assert.AreEqual("", answer.Text);
            Assert.AreEqual("application/json", answer["Content-Type"]);
            Assert.MatchesRegex(Token(), answer["Hawk-Session-Token"]);
            Assert.AreEqual("Hawk-Session-Token", answer["Access-Control-Expose-Headers"]);
            Assert.AreEqual($"{world.Second}", answer["Timestamp"]);
        }
    }

    [TestMethod]
    public async Task P02_Derived_credentials_are_accepted_and_the_answer_is_signed()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var url = new Uri(world.Address, "/v0/registration?simplePushURL=http://push.example/x");
        var answer = await world.SendAsync("POST", url.PathAndQuery, null, ("Authorization", user.Hawk.Sign("POST", url, world.Second, "abc")));
        Assert.AreEqual(200, answer.Status);
        Assert.AreEqual("", answer["Hawk-Session-Token"]);
        Assert.AreEqual(user.Hawk.Response("POST", url, world.Second, "abc"), answer["Server-Authorization"]);
    }

    [TestMethod]
    public async Task P03_Wrong_mac_is_refused_with_an_object()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var header = user.Sign("GET", "/v0/rooms?version=1");
        var answer = await world.SendAsync("GET", "/v0/rooms", null, ("Authorization", header));
        Assert.AreEqual("401/110", answer.Code);
        Assert.AreEqual("""{"statusCode":401,"error":"Unauthorized","message":"Bad mac"}""", answer.Json.GetProperty("error").GetRawText());
        Assert.AreEqual("Hawk error=\"Bad mac\"", answer["WWW-Authenticate"]);
        Assert.AreEqual($"{world.Second}", answer["Timestamp"]);
        Assert.AreEqual("", answer["Server-Authorization"]);
    }

    [TestMethod]
    public async Task P04_Stale_time_is_answered_with_the_servers()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var url = new Uri(world.Address, "/v0/rooms");
        var answer = await world.SendAsync("GET", "/v0/rooms", null, ("Authorization", user.Hawk.Sign("GET", url, world.Second - 300, "abc")));
        Assert.AreEqual("401/110", answer.Code);
        Assert.AreEqual($"Hawk ts=\"{world.Second}\", tsm=\"{user.Hawk.Mac($"hawk.1.ts\n{world.Second}\n")}\", error=\"Stale timestamp\"", answer["WWW-Authenticate"]);
    }

    [TestMethod]
    public async Task P05_Header_that_is_none_is_a_bad_request()
    {
        await using var world = await HttpWorld.StartAsync();
        var answer = await world.SendAsync("GET", "/v0/rooms", null, ("Authorization", "Hawk garbage"));
        Assert.AreEqual("400/110", answer.Code);
        Assert.AreEqual(400, answer.Json.GetProperty("error").GetProperty("statusCode").GetInt32());
    }

    [TestMethod]
    public async Task P06_Push_address_that_is_none_is_invalid()
    {
        await using var world = await HttpWorld.StartAsync();
        foreach (var body in new[] { """{"simplePushURLs":{"rooms":"ftp://x.example"}}""", """{"simplePushURL":"nothing"}""", """{"simplePushURLs":{"chats":"http://x.example"}}""", """{"simplePushURLs":[]}""", """{"simple_push_url":7}""" })
        {
            Assert.AreEqual("400/107", (await world.SendAsync("POST", "/v0/registration", body)).Code, body);
        }
    }

    [TestMethod]
    public async Task P07_Client_that_takes_no_json_is_refused()
    {
        await using var world = await HttpWorld.StartAsync();
        Assert.AreEqual("406/106", (await world.SendAsync("POST", "/v0/registration", null, ("Accept", "text/html"))).Code);
        Assert.AreEqual(200, (await world.SendAsync("POST", "/v0/registration", null, ("Accept", "text/html, */*;q=0.1"))).Status);
        Assert.AreEqual("406/106", (await world.SendAsync("POST", "/v0/registration", null, ("Accept", "application/json;q=0"))).Code);
    }

    [TestMethod]
    public async Task P08_Unknown_paths_are_redirected_or_not_found()
    {
        await using var world = await HttpWorld.StartAsync();
        var redirected = await world.SendAsync("GET", "/nothing/here?x=%20");
        Assert.AreEqual(307, redirected.Status);
        Assert.AreEqual("/v0/nothing/here?x=%20", redirected["Location"]);
        Assert.AreEqual("404/999", (await world.SendAsync("GET", "/v0/nothing/here")).Code);
        Assert.AreEqual("404/999", (await world.SendAsync("PUT", "/v1/rooms")).Code);
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Token();
}
