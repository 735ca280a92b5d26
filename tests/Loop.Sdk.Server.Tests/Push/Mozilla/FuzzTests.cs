using System.Net.WebSockets;
using System.Text;
using System.Text.Unicode;
using Loop.Sdk.Fuzzing;
using Loop.Sdk.Harness;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Push;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Server.Tests.Push.Proof;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Push.Mozilla;

/// <summary>Spoilt messages and posts by the ten thousand, over real sockets.</summary>
[TestClass]
public sealed class FuzzTests
{
    private const int Inputs = 10_000;

    private static readonly int[] Goodbyes = [1003, 1009, 1011];

    [TestMethod]
    [TestProperty(PushRefusals.Property, "browser mutated")]
    public async Task Browsers_messages_are_answered_or_end_the_connection_whatever_comes()
    {
        await using var world = await StartAsync();
        await using var victim = await world.SubscriberAsync();
        await victim.CloseAsync();
        var mine = (await world.PostAsync(victim.Endpoint, "mine")).Location.Split('/')[^1];
        var theft = victim.Uaid[..22] + new string('A', 43);
        var random = new SeededRandom(9);
        var sent = 0;
        var ends = 0;
        while (sent < Inputs)
        {
            await using var browser = await world.ConnectAsync();
            var isOpen = true;
            for (var isFirst = true; isOpen && sent < Inputs; isFirst = false)
            {
                var sound = isFirst ? $$$"""{"messageType":"hello","uaid":"{{{theft}}}","use_webpush":true,"broadcasts":{"a/b":"1"}}""" : Sound(random, mine);
                var message = isFirst && random.Next(4) > 0 ? Encoding.UTF8.GetBytes(sound) : Mutator.Mutate(Encoding.UTF8.GetBytes(sound), random);
                await browser.SendAsync(message, random.Next(200) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text);
                var goodbye = await browser.IsHeardAsync($"probe/{++sent}");
                isOpen = goodbye is null;
                ends += isOpen ? 0 : 1;

                // Text that is none breaks the rules of WebSockets, and its connection is cut.
                Assert.IsTrue(isOpen || Goodbyes.Contains(goodbye!.Value) || !Utf8.IsValid(message), $"Message {sent}: {goodbye} after {Encoding.Latin1.GetString(message)}");
            }
        }

        Assert.IsGreaterThan(Inputs / 10, ends);
        Assert.IsLessThan(Inputs * 9 / 10, ends);
        await using var again = await world.OpenAsync(victim.Uaid);
        Assert.AreEqual(victim.Uaid, again.Uaid);
        Assert.AreEqual((mine, "mine"), await again.NotificationAsync());
        Assert.IsEmpty(world.Logs.Entries);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post mutated")]
    public async Task Posts_are_taken_or_refused_whatever_comes()
    {
        await using var world = await StartAsync();
        using var vapid = VapidKeys.Generate();
        using var keys = WebPushKeys.Generate();
        await using var open = await world.SubscriberAsync();
        await using var restricted = await world.SubscriberAsync(vapid.ToPublicText());
        await Task.WhenAll(open.CloseAsync(), restricted.CloseAsync());
        var (token, key) = world.Vapid(vapid);
        (string Name, string Value)[] sound =
        [
            ("TTL", "60"), ("Topic", "chat"), ("Urgency", "low"), ("Content-Encoding", "aes128gcm"), ("Content-Encoding", "aesgcm"), ("Encryption", "salt=\"AAAAAAAAAAAAAAAAAAAAAA==\""),
            ("Crypto-Key", $"dh={keys.Recipient.ToP256dh()};p256ecdsa={key}"), ("Authorization", $"vapid t={token}, k={key}"), ("Prefer", "respond-async"), ("Push-Receipt", "/push/r/AAAAAAAAAAAAAAAAAAAAAA"),
        ];
        var body = WebPushEncryption.Encrypt("Hello!"u8, keys.Recipient);
        var random = new SeededRandom(10);
        var statuses = new Dictionary<int, int>();
        var connection = RawConnection.Open(world.Address);
        for (var post = 0; post < Inputs; post++)
        {
            var headers = sound.Where(_ => random.Next(5) > 1).Select(header => $"{header.Name}: {(random.Next(4) == 0 ? Line(header.Value, random) : header.Value)}\r\n");
            var path = new Uri(random.Next(2) == 0 ? open.Endpoint : restricted.Endpoint).AbsolutePath;
            var content = random.Chance(5) ? new byte[6000] : Mutator.Mutate(body, random);
            await connection.SendAsync($"{(random.Next(10) == 0 ? "PUT" : "POST")} {path} HTTP/1.1\r\nHost: {world.Address.Authority}\r\n{string.Concat(headers)}Content-Length: {content.Length}\r\n\r\n");
            await connection.SendAsync(content);
            var status = await connection.AnswerAsync() is var answer ? answer.Status : 0;
            Assert.IsTrue(status is 200 or 201 or 202 or 400 or 401 or 413, $"Post {post}: {status} {answer.Body}");
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (!connection.IsKept)
            {
                connection.Dispose();
                connection = RawConnection.Open(world.Address);
            }
        }

        connection.Dispose();
        Assert.IsTrue(statuses[201] + statuses[202] > 100 && statuses[400] > 100 && statuses[401] > 100, string.Join(' ', statuses));
        Assert.IsEmpty(world.Logs.Entries);
    }

    // A header of its own would be another request.
    private static string Line(string value, SeededRandom random) => Encoding.Latin1.GetString(Mutator.Mutate(Encoding.Latin1.GetBytes(value), random)).Replace('\r', ' ').Replace('\n', ' ');

    private static string Sound(SeededRandom random, string version) => random.Next(8) switch
    {
        0 => $$"""{"messageType":"register","channelID":"{{Browser.Channel}}","key":null}""",
        1 => $$"""{"messageType":"unregister","channelID":"{{Browser.Channel}}","code":200}""",
        2 => $$"""{"messageType":"ack","updates":[{"channelID":"{{Browser.Channel}}","version":"{{version}}","code":100}]}""",
        3 => $$"""{"messageType":"nack","version":"{{version}}","code":301}""",
        4 => """{"messageType":"broadcast_subscribe","broadcasts":{"a/b":"1","c/d":"2"}}""",
        5 => """{"messageType":"ping"}""",
        6 => """{"messageType":"unknown","x":[1,2,{"y":null}]}""",
        _ => "{}",
    };

    private static Task<BrowserWorld> StartAsync() => BrowserWorld.StartAsync(static options => options.LeastPingInterval = TimeSpan.Zero, static server => server.Services
        .Configure<LoopServerOptions>(static options => options.RateLimits.AddressConnections = null)
        .Configure<PushOptions>(static options => (options.EndpointRate, options.MaxSubscriptionMessages, options.MaxAccountMessages) = (null, 100_000, 100_000)));
}
