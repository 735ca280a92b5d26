namespace Loop.Sdk.Testing.Tests.Harness;

internal static class ClientExtensions
{
    public static IProbe Probe(this LoopTestClient client) => client.Service<IProbe>();

    /// <summary>Waits until the channel is, or already was, in a state.</summary>
    public static async Task<ChannelStateChange> UntilAsync(this LoopTestClient client, Func<ChannelStateChange, bool> wanted)
    {
        await foreach (var change in client.Client.StateChanges())
        {
            if (wanted(change))
            {
                return change;
            }
        }

        throw new AssertFailedException("The channel closed before.");
    }

    public static Task<ChannelStateChange> UntilAsync(this LoopTestClient client, ChannelState state) => client.UntilAsync(change => change.Current == state);


    /// <summary>Makes a client and waits until it is connected.</summary>
    public static async Task<LoopTestClient> ConnectAsync(this LoopTestHost host, string user = "user", Action<ChannelClientOptions>? configure = null)
    {
        var client = host.CreateClient(user, configure);
        await client.Client.ConnectAsync();
        return client;
    }

    public static async Task<List<T>> TakeAsync<T>(this IAsyncEnumerator<T> items, int count)
    {
        var taken = new List<T>();
        while (taken.Count < count)
        {
            Assert.IsTrue(await items.MoveNextAsync(), "The sequence ended.");
            taken.Add(items.Current);
        }

        return taken;
    }
}
