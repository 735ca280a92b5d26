using Loop.Sdk.InteropTests.Harness;

namespace Loop.Sdk.InteropTests.Storms;

/// <summary>A client that notes every item it hears.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<int> _seen = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _listening = Task.CompletedTask;

    private Listener(ChannelClient client) => Client = client;

    public ChannelClient Client { get; }

    public int[] Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    public static async Task<Listener> StartAsync(TestServer server)
    {
        var client = ChannelClient.Create(new ChannelClientOptions { Endpoint = server.Endpoint });
        await client.ConnectAsync();
        var listener = new Listener(client);
        listener._listening = listener.ListenAsync();
        return listener;
    }

    /// <summary>Completes when so many items were heard.</summary>
    public async Task WhenSeenAsync(int count)
    {
        while (true)
        {
            Task more;
            lock (_seen)
            {
                if (_seen.Count >= count)
                {
                    return;
                }

                more = _more.Task;
            }

            await more;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Client.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        await foreach (var item in Client.Service<ICounter>().ListenAsync(_stop.Token))
        {
            TaskCompletionSource more;
            lock (_seen)
            {
                _seen.Add(item);
                more = _more;
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            more.SetResult();
        }
    }
}
