using System.Text;
using Loop.Sdk.Push;
using Loop.Sdk.Testing;

namespace Loop.Sdk.Server.Tests.Push.Harness;

/// <summary>A client that is an agent.</summary>
internal sealed class PushUser(LoopTestClient client)
{
    public const string Channel = "11111111-2222-4333-8444-555555555555";

    public LoopTestClient Test => client;

    public IPush Push { get; } = client.Service<IPush>();

    public PushWelcome Welcome { get; private set; } = null!;

    public string Secret { get; private set; } = "";

    public string Endpoint { get; private set; } = "";

    public async Task<PushWelcome> HelloAsync(string? agent = null, string? secret = null, PushUrgency urgency = PushUrgency.VeryLow)
    {
        Welcome = await Push.HelloAsync(new PushHello { Agent = agent, Secret = secret, Urgency = urgency });
        Secret = Welcome.Secret ?? secret ?? "";
        return Welcome;
    }

    public async Task<string> SubscribeAsync(string channel = Channel, ReadOnlyMemory<byte>? key = null) =>
        Endpoint = (await Push.SubscribeAsync(new SubscribePush { Channel = channel, ApplicationServerKey = key })).Endpoint;

    public MessageProbe Receive() => new(this, Push.Receive());

    public Task AcknowledgeAsync(params IEnumerable<string> ids) => Push.AcknowledgeAsync(new AcknowledgePush([.. ids.Select(static id => new PushAcknowledgement(id))]));

    public static string TextOf(PushMessage message) => message.Body is { } body ? Encoding.UTF8.GetString(body.Span) : "";
}
