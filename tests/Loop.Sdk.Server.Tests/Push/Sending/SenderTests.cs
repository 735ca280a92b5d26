using System.Net;
using System.Text;
using Loop.Sdk.Presence;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Notifications;
using Loop.Sdk.Server.Push;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Server.Tests.Push.Mozilla;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Push.Sending;

[TestClass]
public sealed class SenderTests
{
    [TestMethod]
    public async Task A_message_arrives_at_a_browser_that_subscribed_with_the_senders_key()
    {
        await using var browsers = await BrowserWorld.StartAsync();
        await using var world = await StartAsync();
        var sender = Sender(world);
        using var keys = WebPushKeys.Generate();
        await using var browser = await browsers.SubscriberAsync(System.Buffers.Text.Base64Url.EncodeToString((await sender.GetPublicKeyAsync()).Span));
        var target = WebPushTarget.Parse(
            $$$"""{"endpoint":"{{{browser.Endpoint}}}","expirationTime":null,"keys":{"p256dh":"{{{keys.Recipient.ToP256dh()}}}","auth":"{{{keys.Recipient.ToAuth()}}}"}}""");
        var result = await sender.SendAsync(target, "Hello!"u8.ToArray(), new WebPushMessageOptions { Topic = "chat", Padding = 100 });
        Assert.AreEqual((WebPushOutcome.Accepted, 201), (result.Outcome, result.Status));
        Assert.Contains("/push/m/", result.Message!.ToString());
        var message = await browser.NextAsync("notification");
        var body = System.Buffers.Text.Base64Url.DecodeFromChars(message.GetProperty("data").GetString());
        Assert.AreEqual("Hello!", Encoding.UTF8.GetString(WebPushEncryption.Decrypt(body, keys)));
        Assert.AreEqual(WebPushOutcome.Accepted, (await sender.SendAsync(target, default)).Outcome);
        Assert.IsFalse((await browser.NextAsync("notification")).TryGetProperty("data", out _));
        await browser.UnregisterAsync();
        Assert.AreEqual((WebPushOutcome.Gone, 410), await sender.SendAsync(target, default) is var gone ? (gone.Outcome, gone.Status) : default);
    }

    [TestMethod]
    [DataRow(201, WebPushOutcome.Accepted)]
    [DataRow(202, WebPushOutcome.Accepted)]
    [DataRow(301, WebPushOutcome.Rejected)]
    [DataRow(307, WebPushOutcome.Rejected)]
    [DataRow(400, WebPushOutcome.Rejected)]
    [DataRow(401, WebPushOutcome.Unauthorized)]
    [DataRow(403, WebPushOutcome.Unauthorized)]
    [DataRow(404, WebPushOutcome.Gone)]
    [DataRow(410, WebPushOutcome.Gone)]
    [DataRow(413, WebPushOutcome.TooLarge)]
    public async Task Answers_are_told_as_what_they_mean(int status, WebPushOutcome outcome)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var world = await StartAsync();
        using var keys = WebPushKeys.Generate();
        service.Answer(status);
        var result = await Sender(world).SendAsync(new(service.Endpoint, keys.Recipient), new byte[10]);
        Assert.AreEqual((outcome, status, status < 300 ? null : "because"), (result.Outcome, result.Status, result.Reason));
    }

    [TestMethod]
    public async Task Headers_are_those_of_the_standards_and_a_token_is_used_again()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var world = await StartAsync();
        using var keys = WebPushKeys.Generate();
        for (var post = 0; post < 2; post++)
        {
            service.Answer(201);
            await Sender(world).SendAsync(new(service.Endpoint, keys.Recipient), new byte[10], new() { TimeToLive = TimeSpan.FromSeconds(90), Topic = "t", Urgency = PushUrgency.VeryLow });
        }

        Assert.HasCount(2, service.Requests);
        var (first, second) = (service.Requests.First(), service.Requests.Last());
        Assert.AreEqual(("90", "t", "very-low", "aes128gcm"), ($"{first["TTL"]}", $"{first["Topic"]}", $"{first["Urgency"]}", $"{first.ContentEncoding}"));
        Assert.AreEqual(first.Authorization, second.Authorization);
        var identity = new VapidVerifier().Verify($"{first.Authorization}", null, VapidToken.OriginOf(service.Endpoint), world.Clock.GetUtcNow());
        CollectionAssert.AreEqual((await Sender(world).GetPublicKeyAsync()).ToArray(), identity.PublicKey.ToArray());
        Assert.AreEqual("mailto:ops@example.org", identity.Subject);
    }

    [TestMethod]
    public async Task A_push_service_that_asks_for_patience_gets_it()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var world = await StartAsync();
        using var keys = WebPushKeys.Generate();
        service.Answer(429, "7");
        service.Answer(503);
        service.Answer(201);
        var begin = world.Clock.GetUtcNow();
        var sending = Sender(world).SendAsync(new(service.Endpoint, keys.Recipient), new byte[10]);
        await world.Clock.AdvanceUntilAsync(sending, TimeSpan.FromMilliseconds(50));
        Assert.AreEqual(WebPushOutcome.Accepted, (await sending).Outcome);
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(17), world.Clock.GetUtcNow() - begin);
        service.Answer(429, "31");
        var refused = await Sender(world).SendAsync(new(service.Endpoint, keys.Recipient), new byte[10]);
        Assert.AreEqual((WebPushOutcome.RateLimited, TimeSpan.FromSeconds(31)), (refused.Outcome, refused.RetryAfter));
    }

    [TestMethod]
    public async Task A_push_service_that_cannot_be_reached_is_unavailable()
    {
        await using var world = await StartAsync(options => options.MaxAttempts = 1);
        using var keys = WebPushKeys.Generate();
        var service = await ScriptedService.StartAsync();
        var endpoint = service.Endpoint;
        await service.DisposeAsync();
        Assert.AreEqual((WebPushOutcome.Unavailable, 0), await Sender(world).SendAsync(new(endpoint, keys.Recipient), default) is var result ? (result.Outcome, result.Status) : default);
    }

    [TestMethod]
    [DataRow("http://push.example/x")]
    [DataRow("ftp://push.example/x")]
    [DataRow("https://user:secret@push.example/x")]
    [DataRow("/relative")]
    public async Task Endpoints_are_https(string endpoint)
    {
        await using var world = await StartAsync(options => options.AllowPrivateNetworks = false);
        using var keys = WebPushKeys.Generate();
        var target = new WebPushTarget(new Uri(endpoint, UriKind.RelativeOrAbsolute), keys.Recipient);
        Assert.AreEqual(ErrorCodes.PermissionDenied, await Sender(world).SendAsync(target, default).CodeAsync());
        Assert.AreEqual(ErrorCodes.PermissionDenied, await Assert.ThrowsExactlyAsync<LoopException>(() => Sender(world).AddAsync("ada", target)) is var refused ? refused.Code : "");
    }

    [TestMethod]
    [DataRow("https://127.0.0.1:9/x")]
    [DataRow("https://localhost:9/x")]
    [DataRow("https://[::1]:9/x")]
    [DataRow("https://10.0.0.1/x")]
    [DataRow("https://169.254.169.254/latest/meta-data")]
    [DataRow("https://[::ffff:10.0.0.1]/x")]
    public async Task Endpoints_in_private_networks_are_not_connected_to(string endpoint)
    {
        await using var world = await StartAsync(options => options.AllowPrivateNetworks = false);
        using var keys = WebPushKeys.Generate();
        Assert.AreEqual(ErrorCodes.PermissionDenied, await Sender(world).SendAsync(new(new Uri(endpoint), keys.Recipient), default).CodeAsync());
    }

    [TestMethod]
    [DataRow("8.8.8.8", true)]
    [DataRow("172.15.0.1", true)]
    [DataRow("2606:4700::1111", true)]
    [DataRow("0.0.0.0", false)]
    [DataRow("10.1.2.3", false)]
    [DataRow("100.64.0.1", false)]
    [DataRow("127.0.0.1", false)]
    [DataRow("172.31.255.255", false)]
    [DataRow("192.168.1.1", false)]
    [DataRow("224.0.0.1", false)]
    [DataRow("255.255.255.255", false)]
    [DataRow("::", false)]
    [DataRow("::1", false)]
    [DataRow("fe80::1", false)]
    [DataRow("fd00::1", false)]
    [DataRow("64:ff9b::7f00:1", false)]
    [DataRow("2002:7f00:1::1", false)]
    [DataRow("2001:db8::1", false)]
    [DataRow("::ffff:192.168.1.1", false)]
    [DataRow("::ffff:8.8.8.8", true)]
    public void Addresses_are_public_or_not(string address, bool isPublic) => Assert.AreEqual(isPublic, PublicNetwork.IsPublic(IPAddress.Parse(address)));

    [TestMethod]
    [DataRow("")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("""{"endpoint":"https://a.example/"}""")]
    [DataRow("""{"endpoint":5,"keys":{}}""")]
    [DataRow("""{"endpoint":"relative","keys":{"p256dh":"x","auth":"y"}}""")]
    [DataRow("""{"endpoint":"https://a.example/","keys":{"p256dh":null,"auth":"y"}}""")]
    public void Subscriptions_that_are_none_are_refused(string json) =>
        Assert.AreEqual(ErrorCodes.InvalidRequest, Assert.ThrowsExactly<LoopException>(() => WebPushTarget.Parse(json)).Code);

    [TestMethod]
    public async Task The_key_is_made_once_and_kept()
    {
        using var folder = new Storage.SqliteFolder();
        await using var world = await PushWorld.StartAsync(build: builder => builder.AddWebPushSender().UseSqlite(folder.File));
        var key = await Sender(world).GetPublicKeyAsync();
        await world.Host.RestartAsync();
        CollectionAssert.AreEqual(key.ToArray(), (await Sender(world).GetPublicKeyAsync()).ToArray());
    }

    [TestMethod]
    public async Task Subscriptions_that_ended_are_forgotten_and_the_host_is_told()
    {
        await using var service = await ScriptedService.StartAsync();
        var gone = new List<(string, Uri)>();
        await using var world = await StartAsync(options => options.Gone = (account, endpoint) =>
        {
            gone.Add((account, endpoint));
            return ValueTask.CompletedTask;
        });
        using var keys = WebPushKeys.Generate();
        await Sender(world).AddAsync("ada", new(service.Endpoint, keys.Recipient));
        service.Answer(201);
        Assert.AreEqual(WebPushOutcome.Accepted, (await Sender(world).SendAllAsync("ada", new byte[5]))[service.Endpoint].Outcome);
        service.Answer(410);
        Assert.AreEqual(WebPushOutcome.Gone, (await Sender(world).SendAllAsync("ada", new byte[5]))[service.Endpoint].Outcome);
        Assert.IsEmpty(await Sender(world).SendAllAsync("ada", new byte[5]));
        Assert.AreEqual(("ada", service.Endpoint), gone.Single());
        Assert.IsFalse(await Sender(world).RemoveAsync("ada", service.Endpoint));
        Assert.DoesNotContain("secret", new WebPushTarget(service.Endpoint, keys.Recipient).ToString());
    }

    [TestMethod]
    public async Task Notifications_that_nobody_takes_live_wait_in_the_inbox_and_go_to_browsers()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var world = await StartAsync(build: builder => builder.AddNotifications());
        var user = await world.SubscriberAsync();
        using var keys = WebPushKeys.Generate();
        await Sender(world).AddAsync("ada", new(service.Endpoint, keys.Recipient));
        service.Answer(201);
        var notification = new Notification { Id = "n1", Kind = "invite", SentAt = world.Clock.GetUtcNow() };
        var outcomes = await world.Host.Services.GetRequiredService<INotifier>().NotifyAsync(notification, ["ada", "nobody"]);
        Assert.AreEqual((NotificationOutcome.Stored, NotificationOutcome.Unknown), (outcomes["ada"], outcomes["nobody"]));
        Assert.HasCount(1, service.Requests);
        await using var messages = user.Receive();
        var message = await messages.NextAsync();
        Assert.AreEqual((PushMessage.NotificationsChannel, null), (message.Channel, message.Encoding));
        Assert.AreEqual(notification, System.Text.Json.JsonSerializer.Deserialize(message.Body!.Value.Span, PresenceJson.Default.Notification));
    }

    [TestMethod]
    public void Options_out_of_range_are_refused()
    {
        Assert.IsTrue(new WebPushSenderOptionsValidator().Validate(null, new()).Succeeded);
        foreach (var wrong in new WebPushSenderOptions[]
        {
            new() { Subject = "someone" }, new() { Timeout = TimeSpan.Zero }, new() { MaxRetryWait = TimeSpan.FromHours(1) }, new() { MaxAttempts = 0 }, new() { MaxEndpoints = 0 },
        })
        {
            Assert.IsTrue(new WebPushSenderOptionsValidator().Validate(null, wrong).Failed);
        }

        Assert.IsTrue(new PushServiceOptionsValidator().Validate(null, new()).Succeeded);
        foreach (var wrong in new PushServiceOptions[]
        {
            new() { HelloTimeout = TimeSpan.Zero }, new() { PingInterval = TimeSpan.Zero }, new() { PongTimeout = TimeSpan.Zero }, new() { LeastPingInterval = TimeSpan.FromDays(1) },
            new() { BatchSize = 0 }, new() { MessageLimit = 0 }, new() { MaxMessage = 100 },
        })
        {
            Assert.IsTrue(new PushServiceOptionsValidator().Validate(null, wrong).Failed);
        }
    }

    private static IWebPushSender Sender(PushWorld world) => world.Host.Services.GetRequiredService<IWebPushSender>();

    private static Task<PushWorld> StartAsync(Action<WebPushSenderOptions>? sender = null, Action<ILoopServerBuilder>? build = null) => PushWorld.StartAsync(build: builder =>
    {
        builder.AddWebPushSender(options =>
        {
            options.AllowPrivateNetworks = true;
            options.Subject = "mailto:ops@example.org";
            sender?.Invoke(options);
        });
        build?.Invoke(builder);
    });
}
