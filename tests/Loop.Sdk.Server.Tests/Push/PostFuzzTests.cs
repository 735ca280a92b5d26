using System.Text;
using Loop.Sdk.Fuzzing;
using Loop.Sdk.Harness;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Server.Tests.Push.Proof;

namespace Loop.Sdk.Server.Tests.Push;

[TestClass]
public sealed class PostFuzzTests
{
    private const int Posts = 10_000;

    [TestMethod]
    [TestProperty(PushRefusals.Property, "post mutated")]
    public async Task Posts_are_taken_or_refused_whatever_comes()
    {
        await using var world = await PushWorld.StartAsync(options => (options.MaxSubscriptionMessages, options.EndpointRate) = (100_000, null));
        using var vapid = VapidKeys.Generate();
        using var keys = WebPushKeys.Generate();
        var user = await world.SubscriberAsync();
        var restricted = await world.SubscriberAsync("bob", vapid.PublicKey);
        var body = WebPushEncryption.Encrypt("Hello!"u8, keys.Recipient);
        var random = new SeededRandom(5);
        var statuses = new Dictionary<int, int>();
        for (var post = 0; post < Posts; post++)
        {
            (string Name, string Value)[] sound =
            [
                ("TTL", "60"), ("Topic", "chat"), ("Urgency", "low"), ("Content-Encoding", random.Next(2) == 0 ? "aes128gcm" : "aesgcm"), ("Encryption", "salt=\"AAAAAAAAAAAAAAAAAAAAAA==\""),
                ("Crypto-Key", $"dh={keys.Recipient.ToP256dh()};p256ecdsa={vapid.ToPublicText()}"), ("Authorization", world.Vapid(vapid)), ("Prefer", "respond-async"),
                ("Link", "<https://push.example/push/r/AAAAAAAAAAAAAAAAAAAAAA>; rel=\"urn:ietf:params:push:receipt\""),
            ];
            var headers = sound.Where(_ => random.Next(3) > 0).Select(header => (header.Name, random.Chance(25) ? Encoding.Latin1.GetString(Mutator.Mutate(Encoding.Latin1.GetBytes(header.Value), random)) : header.Value)).ToArray();
            var url = random.Next(2) == 0 ? user.Endpoint : restricted.Endpoint;
            var answer = await world.SendAsync(random.Next(10) == 0 ? "PUT" : "POST", url, random.Chance(5) ? new byte[6000] : Mutator.Mutate(body, random), headers);
            Assert.IsTrue(answer.Status is 200 or 201 or 202 or 400 or 401 or 413, $"Post {post}: {answer.Status} {answer.Text}");
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
        }

        Assert.IsGreaterThan(100, statuses[201]);
        Assert.IsGreaterThan(100, statuses[400]);
        Assert.IsGreaterThan(100, statuses[401]);
        Assert.IsFalse(world.Logs.Entries.Any(static entry => entry.StartsWith("Error", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Nothing_secret_is_in_the_log()
    {
        await using var world = await PushWorld.StartAsync();
        using var vapid = VapidKeys.Generate();
        var user = await world.SubscriberAsync(key: vapid.PublicKey);
        var authorization = world.Vapid(vapid);
        await using var messages = user.Receive();
        await world.PushAsync(user.Endpoint, "the body", headers: ("Authorization", authorization));
        await messages.TextAsync();
        await world.PostAsync(user.Endpoint, "the body", headers: ("Authorization", "vapid t=secret-token,k=x"));
        await world.User("bob").HelloAsync(user.Welcome.Agent, user.Secret);
        await user.Push.ForgetAsync();
        var log = string.Join('\n', world.Logs.Entries);
        foreach (var secret in new[] { user.Secret, user.Endpoint.Split('/')[^1], "the body", "secret-token", authorization, vapid.ToPublicText() })
        {
            Assert.DoesNotContain(secret, log);
        }

        Assert.Contains(user.Welcome.Agent, log);
        Assert.DoesNotContain(user.Secret, $"{user.Welcome} {new PushHello { Agent = user.Welcome.Agent, Secret = user.Secret }}");
    }
}
