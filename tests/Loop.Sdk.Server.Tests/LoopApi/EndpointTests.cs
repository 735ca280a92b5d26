using Loop.Sdk.Server.LoopApi;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.LoopApi;

[TestClass]
public sealed class EndpointTests
{
    private const string Origin = "https://app.example";

    [TestMethod]
    public async Task Pages_of_allowed_origins_may_ask_and_no_others()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.AllowedOrigins.Add(Origin));
        Assert.AreEqual((Origin, "Origin"), await AllowedAsync(world, Origin));
        Assert.AreEqual(("", ""), await AllowedAsync(world, "https://evil.example"));
        Assert.AreEqual(("", ""), await AllowedAsync(world, "null"));
        await using var open = await HttpWorld.StartAsync(static options => options.AllowedOrigins.Add("*"));
        Assert.AreEqual(("https://any.example", "Origin"), await AllowedAsync(open, "https://any.example"));
    }

    [TestMethod]
    [DataRow("/v0/rooms")]
    [DataRow("/v1/registration")]
    [DataRow("/rooms/AAAAAAAAAAA")]
    [DataRow("/nothing")]
    [DataRow("/v0/nothing")]
    public async Task Preflight_is_answered_everywhere(string path)
    {
        await using var world = await HttpWorld.StartAsync(static options => options.AllowedOrigins.Add(Origin));
        var answer = await world.SendAsync("OPTIONS", path, null, ("Origin", Origin), ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "authorization, content-type"));
        Assert.AreEqual(
            (204, Origin, "GET,HEAD,PUT,PATCH,POST,DELETE", "authorization, content-type"),
            (answer.Status, answer["Access-Control-Allow-Origin"], answer["Access-Control-Allow-Methods"], answer["Access-Control-Allow-Headers"]));
    }

    [TestMethod]
    public async Task Service_says_what_it_is()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.PushServers.Add(new Uri("wss://push.example/")));
        var home = (await world.SendAsync("GET", "/v0/")).Json;
        Assert.AreEqual(world.Address.GetLeftPart(UriPartial.Authority), home.GetProperty("endpoint").GetString());
        Assert.IsFalse(home.GetProperty("fakeTokBox").GetBoolean() || home.GetProperty("fxaOAuth").GetBoolean());
        Assert.AreEqual(home.GetRawText(), (await world.SendAsync("GET", "/")).Text);
        Assert.AreEqual("de-CH", (await world.SendAsync("GET", "/", null, ("Accept-Language", "de-CH;q=0.9, en"))).Json.GetProperty("i18n").GetProperty("lang").GetString());
        Assert.AreEqual((200, ""), ((await world.SendAsync("HEAD", "/v0/")).Status, (await world.SendAsync("HEAD", "/v0/")).Text));
        Assert.AreEqual("{}", (await world.SendAsync("GET", "/__lbheartbeat__")).Text);
        Assert.AreEqual("""{"pushServerURI":"wss://push.example/"}""", (await world.SendAsync("GET", "/v1/push-server-config")).Text);
        Assert.AreEqual(60, (await world.SendAsync("GET", "/v0/api-specs")).Json.GetProperty("service").GetProperty("resources").GetProperty("/call-url").GetProperty("POST").GetProperty("limits").GetProperty("rates")[0].GetProperty("hits").GetInt32());
    }

    [TestMethod]
    public async Task Events_go_to_the_host_if_it_wants_them()
    {
        LoopHttpEvent? taken = null;
        await using var world = await HttpWorld.StartAsync(options => options.Events = (happened, _) =>
        {
            taken = happened;
            return ValueTask.CompletedTask;
        });
        var user = await world.UserAsync("ada");
        Assert.AreEqual("400/108", (await world.SendAsync("POST", "/v0/event", """{"event":"a"}""")).Code);
        Assert.AreEqual("401/110", (await world.SendAsync("POST", "/v0/event", """{"event":"a","action":"b","label":"c"}""")).Code);
        Assert.AreEqual("204", (await user.SendAsync("POST", "/v0/event", """{"event":"a","action":"b","label":"c"}""")).Code);
        Assert.AreEqual(new LoopHttpEvent("ada", "a", "b", "c"), taken);
    }

    [TestMethod]
    public async Task Api_can_be_anywhere_in_the_host_and_without_the_unversioned_paths()
    {
        await using var world = await HttpWorld.StartAsync(static options => options.ServeUnversioned = false, pattern: "/hello");
        var answer = await world.SendAsync("POST", "/hello/v0/registration");
        var user = new HttpUser(world, answer["Hawk-Session-Token"], "");
        Assert.AreEqual(200, (await user.SendAsync("GET", "/hello/v1/rooms")).Status);
        Assert.AreEqual(404, (await world.SendAsync("POST", "/hello/registration")).Status);
        Assert.AreEqual(404, (await world.SendAsync("POST", "/v0/registration")).Status);
        Assert.AreEqual("404/999", (await world.SendAsync("POST", "/hello/v0/x")).Code);
    }

    [TestMethod]
    public async Task Redirects_stay_where_the_api_is()
    {
        await using var world = await HttpWorld.StartAsync(pattern: "/hello");
        foreach (var (path, location) in new[] { ("/hello/x/y?z=1", "/hello/v0/x/y?z=1"), ("/hello//evil.example", "/hello/v0//evil.example"), ("/hello", "/hello/v0") })
        {
            var answer = await world.SendAsync("PUT", path);
            Assert.AreEqual((307, location), (answer.Status, answer["Location"]), path);
        }
    }

    [TestMethod]
    public async Task Endpoints_of_the_host_come_first()
    {
        await using var world = await HttpWorld.StartAsync(map: static app =>
        {
            app.MapGet("/", static () => "the host's page");
            app.MapGet("/about/{page}", static (string page) => $"about {page}");
        });
        Assert.AreEqual("the host's page", (await world.SendAsync("GET", "/")).Text);
        Assert.AreEqual("about us", (await world.SendAsync("GET", "/about/us")).Text);
        Assert.AreEqual(200, (await world.SendAsync("GET", "/v0/")).Status);
        Assert.AreEqual(307, (await world.SendAsync("GET", "/elsewhere")).Status);
    }

    [TestMethod]
    public async Task Progress_of_calls_is_a_websocket()
    {
        await using var world = await HttpWorld.StartAsync();
        var answer = await world.SendAsync("GET", "/websocket");
        Assert.AreEqual((426, "websocket"), (answer.Status, answer["Upgrade"]));
    }

    [TestMethod]
    public void Mapping_without_adding_is_refused()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddLoopServer();
        var app = builder.Build();
        Assert.ThrowsExactly<InvalidOperationException>(() => app.MapLoopHttpApi());
    }

    private static async Task<(string Origin, string Vary)> AllowedAsync(HttpWorld world, string origin)
    {
        var answer = await world.SendAsync("GET", "/v0/rooms", null, ("Origin", origin));
        return (answer["Access-Control-Allow-Origin"], answer["Vary"]);
    }
}
