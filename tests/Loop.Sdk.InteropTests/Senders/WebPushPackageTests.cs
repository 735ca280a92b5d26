using System.Buffers.Text;
using System.Text.Json;
using Loop.Sdk.InteropTests.Harness;
using Loop.Sdk.Push;

namespace Loop.Sdk.InteropTests.Senders;

/// <summary>The npm package <c>web-push</c>, as application servers use it, sends to our endpoint, and our client reads. The package itself posts over TLS only, so its request is posted by fetch.</summary>
[TestClass]
public sealed class WebPushPackageTests
{
    private const string Script = """
        import webpush from 'web-push';
        const [subscription, publicKey, privateKey, ...texts] = process.argv.slice(2);
        const statuses = [];
        for (const contentEncoding of ['aes128gcm', 'aesgcm']) {
          for (const text of texts) {
            const details = webpush.generateRequestDetails(JSON.parse(subscription), text, {
              TTL: 60, contentEncoding, urgency: 'high', vapidDetails: { subject: 'mailto:ops@push.example', publicKey, privateKey } });
            const response = await fetch(details.endpoint, { method: details.method, headers: details.headers, body: details.body });
            statuses.push(response.status);
          }
        }
        console.log(JSON.stringify(statuses));
        """;

    [TestMethod]
    public async Task Messages_of_the_package_are_taken_and_read_in_both_encodings()
    {
        if (!NodePackage.IsAvailable)
        {
            ForeignPrograms.Missing("npm");
            Assert.Inconclusive("npm is not installed.");
        }

        await using var host = await PushHost.StartAsync();
        var options = new ChannelClientOptions { Endpoint = host.Channel, CredentialsProvider = static _ => ValueTask.FromResult<Credentials?>(Credentials.Bearer("ada")) };
        options.UsePush();
        await using var channel = ChannelClient.Create(options);
        using var keys = VapidKeys.Generate();
        var subscription = await channel.Push.SubscribeAsync("news", keys.PublicKey);

        using var package = await NodePackage.InstallAsync("web-push@3.6.7");
        string[] texts = ["first ✓", new string('x', 3000)];
        var statuses = await package.RunAsync(Script, [subscription.ToJson(), keys.ToPublicText(), Base64Url.EncodeToString(keys.Export()), .. texts]);
        CollectionAssert.AreEqual((int[])[201, 201, 201, 201], JsonElement.Parse(statuses).EnumerateArray().Select(static status => status.GetInt32()).ToArray());

        var received = new List<ReceivedPush>();
        await foreach (var message in subscription.MessagesAsync())
        {
            received.Add(message);
            if (received.Count == 4)
            {
                break;
            }
        }

        CollectionAssert.AreEqual((string[])[.. texts, .. texts], received.Select(static message => message.Text).ToArray());
        Assert.IsTrue(received.All(static message => message.Urgency == PushUrgency.High));
    }
}
