using Loop.Bench.Load.Client;
using Loop.Sdk;
using Loop.Sdk.Push;

namespace Loop.Bench.Load.Workloads.WebPush;

/// <summary>A session that is an agent with one subscription. It notes the numbers that come and acknowledges them in batches.</summary>
internal sealed class PushReceiver : IAsyncDisposable
{
    private const int Batch = 25;

    private readonly IChannelConnection _connection;
    private readonly HashSet<int> _numbers = [];
    private List<PushAcknowledgement> _batch = [];
    private Task _acknowledging = Task.CompletedTask;
    private Task _running = Task.CompletedTask;
    private int _received;
    private int _doubled;

    private PushReceiver(IChannelConnection connection, Uri endpoint)
    {
        _connection = connection;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    /// <summary>How many different messages came.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>How many came again.</summary>
    public int Doubled => Volatile.Read(ref _doubled);

    public static async Task<PushReceiver> ConnectAsync(ClientContext context, string account)
    {
        var connection = await context.ConnectAsync<IChannelConnection>(account);
        var push = connection.Channel.Service<IPush>();
        await push.HelloAsync(new PushHello());
        var subscription = await push.SubscribeAsync(new SubscribePush { Channel = Guid.NewGuid().ToString() });
        var receiver = new PushReceiver(connection, new Uri(subscription.Endpoint));
        receiver._running = receiver.RunAsync(push);
        return receiver;
    }

    /// <summary>Ends the session.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _running;
    }

    private async Task RunAsync(IPush push)
    {
        try
        {
            await foreach (var message in push.Receive())
            {
                Take(message);
                if (_batch.Count == Batch)
                {
                    await _acknowledging;
                    _acknowledging = push.AcknowledgeAsync(new AcknowledgePush(_batch));
                    _batch = [];
                }
            }
        }
        catch (LoopException exception) when (exception.Code == ErrorCodes.Closed)
        {
            // The session was closed: the measurement is over.
        }
    }

    private void Take(PushMessage message)
    {
        _batch.Add(new PushAcknowledgement(message.Id));
        if (_numbers.Add(SealedBody.NumberOf(message.Body!.Value.Span)))
        {
            Interlocked.Increment(ref _received);
        }
        else
        {
            Interlocked.Increment(ref _doubled);
        }
    }
}
