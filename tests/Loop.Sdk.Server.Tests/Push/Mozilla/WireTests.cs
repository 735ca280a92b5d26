using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Server.Tests.Push.Proof;
using Loop.Sdk.Server.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Push.Mozilla;

/// <summary>What no client would send, on real sockets.</summary>
[TestClass]
public sealed class WireTests
{
    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 404/102 unknown version")]
    [DataRow("v2")]
    [DataRow("v0")]
    [DataRow("vapid")]
    public async Task Endpoints_of_other_versions_are_not_found(string version)
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        var endpoint = browser.Endpoint.Replace("/v1/", $"/{version}/", StringComparison.Ordinal);
        using var answer = await world.SendAsync(HttpMethod.Post, endpoint, [1], ("TTL", "60"));
        Assert.AreEqual(404, (int)answer.StatusCode);
        Assert.Contains("\"errno\":102", await answer.Content.ReadAsStringAsync());
        Assert.AreEqual(201, (await world.PostAsync(browser.Endpoint)).Status);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 408 slow body")]
    public async Task A_body_that_stops_half_way_is_not_waited_for_and_its_connection_ends()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        using var connection = RawConnection.Open(world.Address);
        await connection.SendAsync($"POST {new Uri(browser.Endpoint).AbsolutePath} HTTP/1.1\r\nHost: {world.Address.Authority}\r\nTTL: 60\r\nContent-Length: 10\r\n\r\nhalf");
        var answering = connection.AnswerAsync();
        await world.Clock.AdvanceUntilAsync(answering, TimeSpan.FromMilliseconds(100));
        Assert.AreEqual((408, false), ((await answering).Status, connection.IsKept));
        await browser.NothingComesAsync();
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser frame")]
    public async Task A_frame_that_breaks_the_rules_of_websockets_ends_the_connection()
    {
        await using var world = await BrowserWorld.StartAsync();
        using var connection = await RawConnection.OpenSocketAsync(world.Address);

        // A client has to mask what it sends. The end may overtake the word that says so.
        await connection.SendAsync([0x81, 23, .. "{\"messageType\":\"hello\"}"u8]);
        var goodbye = await connection.RestAsync();
        if (goodbye.Length > 0)
        {
            Assert.AreEqual($"88-02-{1002:X4}", $"{goodbye[0]:X2}-{goodbye[1]:X2}-{goodbye[2]:X2}{goodbye[3]:X2}");
        }
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser no pong")]
    public async Task A_browser_that_answers_no_ping_is_cut()
    {
        await using var world = await BrowserWorld.StartAsync(static options => (options.PingInterval, options.PongTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100)));
        using var connection = await RawConnection.OpenSocketAsync(world.Address);
        await connection.SendFrameAsync("""{"messageType":"hello","use_webpush":true}""");

        // However it is cut: what it waits for is the end.
        await connection.RestAsync();
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser register 500 store")]
    [TestProperty(PushRefusals.Property, "browser unregister 500 store")]
    public async Task A_store_that_cannot_be_used_is_told_to_the_browser()
    {
        using var folder = new SqliteFolder();
        await using var world = await BrowserWorld.StartAsync(build: builder => builder.UseSqlite(folder.File));
        await using var browser = await world.SubscriberAsync();
        await world.Services.GetRequiredService<SqliteDatabase>().DisposeAsync();
        var answer = await browser.RegisterAsync("99999999-2222-4333-8444-555555555555");
        Assert.AreEqual((500, ""), (answer.GetProperty("status").GetInt32(), answer.GetProperty("pushEndpoint").GetString()));
        await browser.SendAsync($$"""{"messageType":"unregister","channelID":"{{Browser.Channel}}"}""");
        Assert.AreEqual(500, (await browser.NextAsync("unregister")).GetProperty("status").GetInt32());
        await using var other = await world.ConnectAsync();
        await other.SendAsync($$"""{"messageType":"hello","uaid":"{{browser.Uaid}}"}""");
        Assert.AreEqual((1011, "SM"), await other.ClosedAsync());
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser ack of another")]
    public async Task Acknowledging_what_is_anothers_changes_nothing()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        await using var thief = await world.SubscriberAsync();
        await world.PostAsync(browser.Endpoint, "mine");
        var (version, _) = await browser.NotificationAsync();
        await thief.AcknowledgeAsync(version);
        await thief.NothingComesAsync();
        await browser.CloseAsync();
        await using var again = await world.OpenAsync(browser.Uaid);
        Assert.AreEqual((version, "mine"), await again.NotificationAsync());
    }
}
