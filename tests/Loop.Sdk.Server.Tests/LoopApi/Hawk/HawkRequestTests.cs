using Loop.Sdk.Server.Tests.LoopApi.Harness;

namespace Loop.Sdk.Server.Tests.LoopApi.Hawk;

/// <summary>Signed requests over real HTTP.</summary>
[TestClass]
public sealed class HawkRequestTests
{
    private const string Rooms = "/v0/rooms";

    [TestMethod]
    public async Task Request_counts_once()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var header = user.Sign("GET", Rooms, "once");
        Assert.AreEqual(200, (await world.SendAsync("GET", Rooms, null, ("Authorization", header))).Status);
        world.Clock.Advance(TimeSpan.FromSeconds(60));
        var again = await world.SendAsync("GET", Rooms, null, ("Authorization", header));
        Assert.AreEqual(("401/110", "Hawk error=\"Invalid nonce\""), (again.Code, again["WWW-Authenticate"]));
        Assert.AreEqual("", again["Server-Authorization"]);
    }

    [TestMethod]
    public async Task Body_is_held_against_its_hash_if_there_is_one()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        const string Body = """{"roomName":"x","roomOwner":"Ada","maxSize":2}""";
        var other = user.Sign("POST", Rooms, hash: HawkSigner.Hash("application/json", "{}"));
        Assert.AreEqual("Hawk error=\"Bad payload hash\"", (await world.SendAsync("POST", Rooms, Body, ("Authorization", other)))["WWW-Authenticate"]);
        var type = user.Sign("POST", Rooms, hash: HawkSigner.Hash("text/plain", Body));
        Assert.AreEqual("401/110", (await world.SendAsync("POST", Rooms, Body, ("Authorization", type))).Code);
        Assert.AreEqual(201, (await world.SendAsync("POST", Rooms, Body, ("Authorization", user.Sign("POST", Rooms, hash: HawkSigner.Hash("application/json", Body))))).Status);
        Assert.AreEqual(201, (await world.SendAsync("POST", Rooms, Body, ("Authorization", user.Sign("POST", Rooms)))).Status);
    }

    [TestMethod]
    public async Task Clocks_may_be_off_by_a_minute()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        foreach (var (off, status) in new[] { (-61, 401), (-60, 200), (60, 200), (61, 401) })
        {
            var header = user.Hawk.Sign("GET", new Uri(world.Address, Rooms), world.Second + off, "n");
            Assert.AreEqual(status, (await world.SendAsync("GET", Rooms, null, ("Authorization", header))).Status, $"{off}");
        }
    }

    [TestMethod]
    public async Task Everything_that_is_signed_has_to_be_so()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var url = new Uri(world.Address, Rooms);
        foreach (var header in new[]
        {
            user.Hawk.Sign("POST", url, world.Second, "1"), user.Hawk.Sign("GET", new Uri(world.Address, "/v1/rooms"), world.Second, "2"),
            user.Hawk.Sign("GET", new Uri(url.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)), world.Second, "3"),
            user.Hawk.Sign("GET", new UriBuilder(url) { Port = 80 }.Uri, world.Second, "4"), user.Hawk.Sign("GET", url, world.Second, "5").Replace("nonce=\"5", "nonce=\"6", StringComparison.Ordinal),
            user.Hawk.Sign("GET", url, world.Second, "7") + ", ext=\"x\"", user.Hawk.Sign("GET", url, world.Second, "8") + ", app=\"x\"",
        })
        {
            Assert.AreEqual("Hawk error=\"Bad mac\"", (await world.SendAsync("GET", Rooms, null, ("Authorization", header)))["WWW-Authenticate"], header);
        }

        Assert.AreEqual(200, (await world.SendAsync("GET", Rooms, null, ("Authorization", user.Hawk.Sign("GET", url, world.Second, "9", ext: "e", app: "a", dlg: "d")))).Status);
        Assert.AreEqual(200, (await world.SendAsync("GET", Rooms, null, ("Authorization", "hawk" + user.Hawk.Sign("GET", url, world.Second, "10")[4..]))).Status);
    }

    [TestMethod]
    public async Task Public_origin_says_the_port()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.PublicOrigin = new Uri("https://hello.example"));
        var user = await world.UserAsync();
        var header = user.Hawk.Sign("GET", new Uri("https://127.0.0.1/v0/rooms"), world.Second, "1");
        Assert.AreEqual(200, (await world.SendAsync("GET", Rooms, null, ("Authorization", header))).Status);
    }

    [TestMethod]
    public async Task Other_schemes_and_none_are_refused_and_two_headers_are_malformed()
    {
        await using var world = await HttpWorld.StartAsync();
        foreach (var (header, code, challenge) in new[]
        {
            ("", "401/110", "Hawk"), ("Bearer x", "401/110", "Hawk"), ("Basic eDo=", "401/110", "Hawk"), ("Hawk", "400/110", ""),
            ($"Hawk id=\"{new string('0', 64)}\", ts=\"1\", nonce=\"1\", mac=\"1\"", "401/110", "Hawk error=\"Unknown credentials\""),
        })
        {
            var answer = await world.SendAsync("GET", Rooms, null, header.Length == 0 ? [] : [("Authorization", header)]);
            Assert.AreEqual((code, challenge), (answer.Code, answer["WWW-Authenticate"]), header);
        }

        Assert.AreEqual("""{"code":401,"errno":110,"error":{"statusCode":401,"error":"Unauthorized"}}""", (await world.SendAsync("GET", Rooms)).Text);
    }

    [TestMethod]
    public async Task Session_that_sends_too_much_is_told_to_wait()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.MaxNoncesPerSession = 100);
        var user = await world.UserAsync();
        var statuses = new List<int>();
        for (var request = 0; request < 102; request++)
        {
            statuses.Add((await user.SendAsync("GET", "/v0/push-server-config")).Status == 404 ? (await user.SendAsync("GET", Rooms)).Status : 0);
        }

        Assert.AreEqual((100, 2), (statuses.Count(static status => status == 200), statuses.Count(static status => status == 429)));
        var refused = await user.SendAsync("GET", Rooms);
        Assert.AreEqual(("429/999", "30"), (refused.Code, refused["Retry-After"]));
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.AreEqual(200, (await user.SendAsync("GET", Rooms)).Status);
    }
}
