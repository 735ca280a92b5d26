using Loop.Sdk.Handshake;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Tests.Rooms.Kill;
using Loop.Sdk.Server.Tests.Storage;

namespace Loop.Sdk.Server.Tests.Push.Kill;

[TestClass]
public sealed class PushKillTests
{
    private const int Rounds = 20;
    private const int Seed = 7;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly PostStorm _storm = new(static _ => new ByteArrayContent(new byte[100]));
    private readonly HashSet<string> _received = [];
    private readonly HashSet<string> _acknowledged = [];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task What_senders_were_told_is_taken_arrives_when_the_server_is_killed_twenty_times()
    {
        using var folder = new SqliteFolder();
        await using var server = new ServerProcess(folder.File);
        await server.StartAsync();
        var random = new Random(Seed);
        PushWelcome? agent = null;
        var secret = "";
        for (var round = 0; round < Rounds; round++)
        {
            await using var channel = Connect(server.Address);
            var push = channel.Service<IPush>();
            agent = await push.HelloAsync(new PushHello { Agent = agent?.Agent, Secret = secret });
            Assert.AreEqual(round == 0, agent.IsNew);
            secret = agent.Secret ?? secret;
            var endpoint = (await push.SubscribeAsync(new SubscribePush { Channel = "11111111-2222-4333-8444-555555555555" })).Endpoint;
            using var stop = new CancellationTokenSource();
            var receiving = Task.Run(() => ReceiveAsync(push, stop.Token));
            await _storm.RunAsync(endpoint, _storm.Taken.WhenAsync(random.Next(1, 200)), server);
            await stop.CancelAsync();
            await receiving;
            await server.StartAsync();
        }

        await using var last = Connect(server.Address);
        var client = last.Service<IPush>();
        await client.HelloAsync(new PushHello { Agent = agent!.Agent, Secret = secret });
        using var patience = new CancellationTokenSource(Patience);
        var missing = new HashSet<string>(_storm.Ids.Except(_received));
        await using var messages = client.Receive().GetAsyncEnumerator(patience.Token);
        while (missing.Count > 0)
        {
            Assert.IsTrue(await messages.MoveNextAsync());
            var message = messages.Current;
            Assert.DoesNotContain(message.Id, _acknowledged, "A message came again that was acknowledged.");
            missing.Remove(message.Id);
            await client.AcknowledgeAsync(new AcknowledgePush([new(message.Id)]), patience.Token);
        }

        TestContext.WriteLine($"{_storm.Taken.Count} messages were taken, {_acknowledged.Count} of them acknowledged before the last life.");
    }

    // Acknowledges every second message: the others come again.
    private async Task ReceiveAsync(IPush push, CancellationToken stop)
    {
        try
        {
            await foreach (var message in push.Receive().WithCancellation(stop))
            {
                Assert.DoesNotContain(message.Id, _acknowledged, "A message came again that was acknowledged.");
                if (_received.Add(message.Id) && _received.Count % 2 == 0)
                {
                    await push.AcknowledgeAsync(new AcknowledgePush([new(message.Id)]), stop);
                    _acknowledged.Add(message.Id);
                }
            }
        }
        catch (Exception exception) when (exception is LoopException or OperationCanceledException)
        {
            // The server is gone.
        }
    }

    private static ChannelClient Connect(Uri address) => ChannelClient.Create(new ChannelClientOptions
    {
        Endpoint = address,
        CredentialsProvider = static _ => ValueTask.FromResult<Credentials?>(NamedCredentials.Of("ada")),
    });
}
