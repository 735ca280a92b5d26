using Loop.Sdk.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>A client that serves the probe, with the session as which the server knows it.</summary>
internal sealed class ServingClient(LoopTestHost host, LoopTestClient client, LoopSession session) : IAsyncDisposable
{
    public LoopTestClient Client => client;

    public LoopSession Session => session;

    /// <summary>The client's probe as the server calls it.</summary>
    public IProbe Probe { get; } = session.GetClient<IProbe>();

    /// <summary>Starts a server and connects a client to it.</summary>
    /// <param name="world">What the client's handlers share.</param>
    /// <param name="configure">What the client serves, or null for the probe.</param>
    /// <param name="options">The host's options.</param>
    public static async Task<ServingClient> StartAsync(World world, Action<ChannelClientOptions>? configure = null, LoopTestHostOptions? options = null)
    {
        var sessions = new Events<LoopSession>();
        var host = await LoopTestHost.StartAsync(
            server => server.AddContract<IProbe>(session =>
            {
                sessions.Add(session);
                return new Probe(new World());
            }),
            options);
        var client = host.CreateClient(configure: configure ?? (settings => settings.Serve<IProbe>(new Probe(world))));
        await client.Probe().TouchAsync();
        return new ServingClient(host, client, await sessions.NextAsync());
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
