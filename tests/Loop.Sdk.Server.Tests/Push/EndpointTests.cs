using System.Text;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Server.Tests.Push.Proof;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.Tests.Push;

/// <summary>The error tables of the push endpoints.</summary>
[TestClass]
public sealed class EndpointTests
{
    private static readonly (string Name, string Value) Ttl = ("TTL", "60");
    private static readonly (string Name, string Value) Encoding1 = ("Content-Encoding", "aes128gcm");

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 404/102 unknown endpoint")]
    [DataRow("x")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAAA")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAA!")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Unknown_endpoints_are_not_found(string id)
    {
        await using var world = await PushWorld.StartAsync();
        var answer = await world.PostAsync($"https://push.example/push/v1/{id}", "x");
        Assert.AreEqual((404, 102), (answer.Status, answer.Errno));
        Assert.AreEqual((404, "Not Found"), (answer.Json.GetProperty("code").GetInt32(), answer.Json.GetProperty("error").GetString()));
        Assert.AreNotEqual("", answer.Json.GetProperty("more_info").GetString());
        Assert.AreEqual(("*", "application/json"), (answer["Access-Control-Allow-Origin"], answer["Content-Type"]));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 410/106 ended")]
    public async Task Endpoints_that_ended_are_gone_and_say_for_how_long()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        await user.Push.UnsubscribeAsync(new(PushUser.Channel));
        var answer = await world.PostAsync(user.Endpoint, "x");
        Assert.AreEqual((410, 106, "max-age=86400"), (answer.Status, answer.Errno, answer["Cache-Control"]));

        // Who posts is checked before.
        Assert.AreEqual(401, (await world.PostAsync(user.Endpoint, "x", headers: ("Authorization", "vapid t=a,k=b"))).Status);
    }

    [TestMethod]
    [DataRow(null, 111, DisplayName = "post 400/111 no TTL")]
    [DataRow("", 111)]
    [DataRow("x", 111, DisplayName = "post 400/111 TTL no number")]
    [DataRow("1.5", 111)]
    [DataRow("+5", 111)]
    [DataRow("10, 20", 111)]
    [DataRow("0x10", 111)]
    [DataRow("--1", 111)]
    [DataRow("-", 111)]
    [DataRow("٣", 111)]
    [DataRow("-1", 114, DisplayName = "post 400/114 TTL negative")]
    [DataRow("-99999999999999999999999", 114)]
    public async Task Times_to_live_that_are_none_are_refused(string? ttl, int errno)
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var answer = await world.SendAsync("POST", user.Endpoint, [1], ttl is null ? [] : [("TTL", ttl)]);
        Assert.AreEqual((400, errno), (answer.Status, answer.Errno));
        Assert.AreEqual(400, (await world.SendAsync("POST", user.Endpoint, [1], ("TTL", "1"), ("TTL", "1"))).Status);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post TTL huge")]
    [DataRow("2592000", "2592000")]
    [DataRow("2592001", "2592000")]
    [DataRow("99999999999999999999999999999999999999", "2592000")]
    [DataRow("0007", "7")]
    [DataRow(" 7 ", "7")]
    public async Task Times_to_live_are_shortened_and_the_answer_says_so(string ttl, string effective)
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var answer = await world.PostAsync(user.Endpoint, "x", ttl);
        Assert.AreEqual((201, effective), (answer.Status, answer["TTL"]));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 400/113 topic")]
    [DataRow(" ", 400)]
    [DataRow("=", 400)]
    [DataRow("a b", 400)]
    [DataRow("a/b", 400)]
    [DataRow("ä", 400)]
    [DataRow("version=1", 400)]
    [DataRow("abcdefghijklmnopqrstuvwxyz0123456", 400)]
    [DataRow("abcdefghijklmnopqrstuvwxyz012345", 201)]
    [DataRow("A-_9==", 201)]
    public async Task Topics_are_short_base64url(string topic, int status)
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var answer = await world.PostAsync(user.Endpoint, "x", headers: ("Topic", topic));
        Assert.AreEqual(status, answer.Status);
        Assert.IsTrue(status == 201 || answer.Errno == 113);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 400 urgency")]
    [DataRow("very-low", 201)]
    [DataRow("low", 201)]
    [DataRow("normal", 201)]
    [DataRow("high", 201)]
    [DataRow(" ", 400)]
    [DataRow("HIGH", 400)]
    [DataRow("urgent", 400)]
    [DataRow("low,high", 400)]
    public async Task Urgencies_are_those_of_the_standard(string urgency, int status)
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        Assert.AreEqual(status, (await world.PostAsync(user.Endpoint, "x", headers: ("Urgency", urgency))).Status);
        Assert.AreEqual(400, (await world.PostAsync(user.Endpoint, "x", headers: [("Urgency", "low"), ("Urgency", "low")])).Status);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 413/104 one byte too many")]
    public async Task Bodies_are_taken_up_to_the_limit_and_not_a_byte_further()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        Assert.AreEqual(201, (await world.SendAsync("POST", user.Endpoint, new byte[5630], Ttl)).Status);
        var known = await world.SendAsync("POST", user.Endpoint, new byte[5631], Ttl);
        Assert.AreEqual((413, 104), (known.Status, known.Errno));
        Assert.Contains("5631", known.Message);

        // Without a length, as in chunks.
        foreach (var (length, status) in new[] { (5630, 201), (5631, 413), (100_000, 413) })
        {
            var context = Request(user.Endpoint, new MemoryStream(new byte[length]));
            Assert.AreEqual(status, (await world.SendAsync(context)).Status);
        }
    }

    [TestMethod]
    public async Task A_body_that_does_not_come_is_not_waited_for_long()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var answering = world.SendAsync(Request(user.Endpoint, new System.IO.Pipelines.Pipe().Reader.AsStream()));
        await world.Clock.AdvanceUntilAsync(answering, TimeSpan.FromSeconds(1));
        var answer = await answering;
        Assert.AreEqual((408, "close"), (answer.Status, answer["Connection"]));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 410/105 ended meanwhile")]
    public async Task A_subscription_that_ends_while_its_message_arrives_is_gone()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var body = new System.IO.Pipelines.Pipe();
        var answering = world.SendAsync(Request(user.Endpoint, body.Reader.AsStream()));
        await user.Push.UnsubscribeAsync(new(PushUser.Channel));
        await body.Writer.WriteAsync(new byte[10]);
        await body.Writer.CompleteAsync();
        var answer = await answering;
        Assert.AreEqual((410, 105, "max-age=86400"), (answer.Status, answer.Errno, answer["Cache-Control"]));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post order")]
    public async Task Of_many_faults_the_first_in_order_is_told()
    {
        await using var world = await PushWorld.StartAsync(options => options.EndpointRate = new RateLimit(0.001, 6));
        using var keys = VapidKeys.Generate();
        var user = await world.SubscriberAsync(key: keys.PublicKey);
        (string Name, string Value) signed = ("Authorization", world.Vapid(keys)), topic = ("Topic", "a"), urgency = ("Urgency", "low");
        (string Name, string Value)[] wrong = [("Topic", "a b"), ("Urgency", "now"), ("Content-Encoding", "gzip")];
        byte[] large = new byte[6000], small = [1];
        Assert.AreEqual((404, 102), await AnswerAsync($"{PushWorld.Origin}/push/v1/x", large, [("Authorization", "x"), .. wrong]));
        Assert.AreEqual((401, 109), await AnswerAsync(user.Endpoint, large, [("Authorization", "x"), .. wrong]));
        Assert.AreEqual((413, 104), await AnswerAsync(user.Endpoint, large, [signed, .. wrong]));
        Assert.AreEqual((400, 111), await AnswerAsync(user.Endpoint, small, [signed, .. wrong]));
        Assert.AreEqual((400, 113), await AnswerAsync(user.Endpoint, small, [signed, Ttl, .. wrong]));
        Assert.AreEqual((400, null), await AnswerAsync(user.Endpoint, small, [signed, Ttl, topic, .. wrong[1..]]));
        Assert.AreEqual((400, 110), await AnswerAsync(user.Endpoint, small, [signed, Ttl, topic, urgency, .. wrong[2..]]));
        Assert.AreEqual((201, null), await AnswerAsync(user.Endpoint, small, [signed, Ttl, topic, urgency, Encoding1]));
        Assert.AreEqual((429, null), await AnswerAsync(user.Endpoint, large, [signed, .. wrong]));
        Assert.AreEqual((401, 109), await AnswerAsync(user.Endpoint, large, [("Authorization", "x"), .. wrong]));
        await user.Push.UnsubscribeAsync(new(PushUser.Channel));
        Assert.AreEqual((410, 106), await AnswerAsync(user.Endpoint, large, [signed, .. wrong]));

        async Task<(int Status, int? Errno)> AnswerAsync(string endpoint, byte[] body, (string, string)[] headers)
        {
            var answer = await world.SendAsync("POST", endpoint, body, headers);
            return (answer.Status, answer.Status == 201 ? null : answer.Errno);
        }
    }

    [TestMethod]
    [DataRow("gzip", null, null, DisplayName = "post 400/110 encoding")]
    [DataRow("aes128gcm, gzip", null, null)]
    [DataRow("aes128gcm", "salt=AAAA", null, DisplayName = "post 400/110 aes128gcm with salt")]
    [DataRow("aes128gcm", null, "dh=AAAA", DisplayName = "post 400/110 aes128gcm with dh")]
    [DataRow("aesgcm", null, "dh=AAAA", DisplayName = "post 400/110 aesgcm without salt")]
    [DataRow("aesgcm", "keyid=a", "dh=AAAA")]
    [DataRow("aesgcm", "salt=", "dh=AAAA")]
    [DataRow("aesgcm", "salt=AAAA", "keyid=a1", DisplayName = "post 400/110 aesgcm without dh")]
    [DataRow("aesgcm", "salt=AAAA", "dh=")]
    [DataRow("aesgcm", "salt=Ä", "dh=AAAA")]
    public async Task Crypto_headers_that_do_not_fit_are_refused(string encoding, string? encryption, string? cryptoKey)
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        List<(string, string)> headers = [Ttl, ("Content-Encoding", encoding)];
        headers.AddRange(encryption is null ? [] : [("Encryption", encryption)]);
        headers.AddRange(cryptoKey is null ? [] : [("Crypto-Key", cryptoKey)]);
        var answer = await world.SendAsync("POST", user.Endpoint, [1], [.. headers]);
        Assert.AreEqual((400, 110), (answer.Status, answer.Errno));

        // Without a body they do not matter.
        Assert.AreEqual(201, (await world.SendAsync("POST", user.Endpoint, [], [.. headers])).Status);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 400/110 long header")]
    public async Task Crypto_headers_are_short()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var answer = await world.SendAsync("POST", user.Endpoint, [1], Ttl, ("Content-Encoding", "aesgcm"), ("Encryption", $"salt=AAAA;x={new string('a', 3000)}"));
        Assert.AreEqual((400, 110), (answer.Status, answer.Errno));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 400/110 key of vapid")]
    public async Task A_message_encrypted_with_the_key_of_vapid_is_refused()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        using var keys = VapidKeys.Generate();
        byte[] body = [.. new byte[20], 65, .. keys.PublicKey.Span, .. new byte[17]];
        var current = await world.SendAsync("POST", user.Endpoint, body, Ttl, Encoding1, ("Authorization", world.Vapid(keys)));
        Assert.AreEqual((400, 110), (current.Status, current.Errno));
        Assert.AreEqual(201, (await world.SendAsync("POST", user.Endpoint, body, Ttl, Encoding1)).Status);
        var legacy = await world.SendAsync(
            "POST", user.Endpoint, [1], Ttl, ("Content-Encoding", "aesgcm"), ("Encryption", "salt=AAAA"), ("Crypto-Key", $"dh={keys.ToPublicText()}"), ("Authorization", world.Vapid(keys)));
        Assert.AreEqual((400, 110), (legacy.Status, legacy.Errno));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 401/109 nobody")]
    [TestProperty(PushRefusals.Property, "post 401/109 somebody else")]
    [TestProperty(PushRefusals.Property, "vapid two headers")]
    public async Task A_subscription_for_one_application_server_takes_nothing_from_others()
    {
        await using var world = await PushWorld.StartAsync();
        using var keys = VapidKeys.Generate();
        using var others = VapidKeys.Generate();
        var user = await world.SubscriberAsync(key: keys.PublicKey);
        Assert.AreEqual(201, (await world.PostAsync(user.Endpoint, "x", headers: ("Authorization", world.Vapid(keys)))).Status);
        var absent = await world.PostAsync(user.Endpoint, "x");
        Assert.AreEqual((401, 109, "vapid"), (absent.Status, absent.Errno, absent["WWW-Authenticate"]));
        var other = await world.PostAsync(user.Endpoint, "x", headers: ("Authorization", world.Vapid(others)));
        Assert.AreEqual((401, 109), (other.Status, other.Errno));
        Assert.Contains("not the one that the subscription was made for", other.Message);
        var twice = await world.PostAsync(user.Endpoint, "x", headers: [("Authorization", world.Vapid(keys)), ("Authorization", world.Vapid(keys))]);
        Assert.AreEqual((401, 109), (twice.Status, twice.Errno));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 400/110 draft without key")]
    public async Task Refused_tokens_are_explained()
    {
        await using var world = await PushWorld.StartAsync();
        using var keys = VapidKeys.Generate();
        var user = await world.SubscriberAsync();
        var audience = await world.PostAsync(user.Endpoint, "x", headers: ("Authorization", world.Vapid(keys, "https://other.example")));
        Assert.AreEqual((401, 109, "VAPID: aud has to be https://push.example, and is https://other.example."), (audience.Status, audience.Errno, audience.Message));
        var scheme = await world.PostAsync(user.Endpoint, "x", headers: ("Authorization", "Basic dTpw"));
        Assert.AreEqual((401, 109), (scheme.Status, scheme.Errno));
        var draft = await world.PostAsync(user.Endpoint, "x", headers: ("Authorization", "Bearer a.b.c"));
        Assert.AreEqual((400, 110), (draft.Status, draft.Errno));
        var token = world.Vapid(keys).Split("t=")[1].Split(',')[0];
        var draftKey = await world.PostAsync(user.Endpoint, "x", headers: [("Authorization", $"WebPush {token}"), ("Crypto-Key", $"p256ecdsa={keys.ToPublicText()}")]);
        Assert.AreEqual(201, draftKey.Status);
        world.Clock.Advance(TimeSpan.FromHours(13));
        var expired = await world.PostAsync(user.Endpoint, "x", headers: [("Authorization", $"vapid t={token},k={keys.ToPublicText()}")]);
        Assert.Contains("exp is 3600 s ago", expired.Message);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 429 full")]
    public async Task Quotas_are_kept_and_say_when_to_try_again()
    {
        await using var world = await PushWorld.StartAsync(options => (options.MaxSubscriptionMessages, options.MaxAccountMessages) = (2, 3));
        var user = await world.SubscriberAsync();
        await world.PushAsync(user.Endpoint, "1", headers: ("Topic", "a"));
        await world.PushAsync(user.Endpoint, "2");
        var full = await world.PostAsync(user.Endpoint, "3");
        Assert.AreEqual((429, "3600"), (full.Status, full["Retry-After"]));
        await world.PushAsync(user.Endpoint, "1b", headers: ("Topic", "a"));
        var second = await user.SubscribeAsync("99999999-2222-4333-8444-555555555555");
        await world.PushAsync(second, "3");
        Assert.AreEqual(429, (await world.PostAsync(second, "4")).Status);
        await using var messages = user.Receive();
        Assert.AreEqual("1b 2 3", await messages.TextsAsync(3));
        await messages.AcknowledgeAsync();
        await world.PushAsync(second, "4");
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 429 too often")]
    public async Task Endpoints_that_are_posted_to_too_often_say_when_to_come_back()
    {
        await using var world = await PushWorld.StartAsync(options => options.EndpointRate = new RateLimit(0.1, 2));
        var user = await world.SubscriberAsync();
        var other = await world.SubscriberAsync("bob");
        await world.PushAsync(user.Endpoint, "1");
        await world.PushAsync(user.Endpoint, "2");
        var refused = await world.PostAsync(user.Endpoint, "3");
        Assert.AreEqual((429, "10"), (refused.Status, refused["Retry-After"]));
        Assert.AreEqual(201, (await world.PostAsync(other.Endpoint, "1")).Status);
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.AreEqual(201, (await world.PostAsync(user.Endpoint, "3")).Status);
    }

    [TestMethod]
    public async Task Pages_of_any_origin_may_post()
    {
        await using var world = await PushWorld.StartAsync();
        var answer = await world.SendAsync("OPTIONS", "https://push.example/push/v1/AAAAAAAAAAAAAAAAAAAAAA", null, ("Access-Control-Request-Headers", "authorization,ttl"));
        Assert.AreEqual(
            (204, "*", "DELETE, GET, POST, PUT", "authorization,ttl", "3600"),
            (answer.Status, answer["Access-Control-Allow-Origin"], answer["Access-Control-Allow-Methods"], answer["Access-Control-Allow-Headers"], answer["Access-Control-Max-Age"]));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 405 method")]
    [DataRow("GET", "v1", "POST, PUT")]
    [DataRow("PATCH", "v1", "POST, PUT")]
    [DataRow("POST", "m", "GET, DELETE")]
    [DataRow("POST", "r", "GET, DELETE")]
    public async Task Other_methods_are_refused(string method, string kind, string allowed)
    {
        await using var world = await PushWorld.StartAsync();
        var answer = await world.SendAsync(method, $"https://push.example/push/{kind}/AAAAAAAAAAAAAAAAAAAAAA");
        Assert.AreEqual((405, allowed), (answer.Status, answer["Allow"]));
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "message 400 id")]
    [TestProperty(PushRefusals.Property, "message 404")]
    public async Task Messages_with_malformed_ids_are_refused()
    {
        await using var world = await PushWorld.StartAsync();
        var answer = await world.SendAsync("DELETE", "https://push.example/push/m/x");
        Assert.AreEqual((400, null), (answer.Status, answer.Errno));
        Assert.AreEqual(404, (await world.SendAsync("DELETE", "https://push.example/push/m/AAAAAAAAAAAAAAAAAAAAAA")).Status);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 503/201 store")]
    public async Task A_store_that_cannot_be_used_is_not_taken_for_success()
    {
        using var folder = new Storage.SqliteFolder();
        await using var world = await PushWorld.StartAsync(build: builder => Microsoft.Extensions.DependencyInjection.LoopServerStorageExtensions.UseSqlite(builder, folder.File));
        var user = await world.SubscriberAsync();
        await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Server.Storage.SqliteDatabase>(world.Host.Services).DisposeAsync();
        var answer = await world.PostAsync(user.Endpoint, "x");
        Assert.AreEqual((503, 201, "120"), (answer.Status, answer.Errno, answer["Retry-After"]));
    }

    private static DefaultHttpContext Request(string endpoint, Stream body)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Path = new Uri(endpoint).AbsolutePath;
        context.Request.RouteValues["id"] = new Uri(endpoint).Segments[^1];
        context.Request.Headers["TTL"] = "60";
        context.Request.Body = body;
        return context;
    }
}
