using Loop.Bench.Load.Client;
using Loop.Bench.Load.Payload;
using Loop.Sdk;

namespace Loop.Bench.Load.Targets.Loop;

internal sealed class LoopClientConnection(ChannelClient client)
    : INoteStreamConnection, IByteStreamConnection, IPausableConnection, ITransferConnection, IRecoverableConnection, IChannelConnection
{
    private readonly IBench _bench = client.Service<IBench>();
    private volatile bool _paused;

    public ChannelClient Channel => client;

    public ValueTask EchoAsync(Note note) => new(_bench.EchoAsync(note));

    public async Task<long> ReadNotesAsync(TimeSpan duration)
    {
        var items = 0L;
        await foreach (var note in _bench.StreamNotesAsync((int)duration.TotalMilliseconds))
        {
            items++;
        }

        return items;
    }

    public async Task<long> ReadBytesAsync(TimeSpan duration)
    {
        var items = 0L;
        await foreach (var payload in _bench.StreamBytesAsync((int)duration.TotalMilliseconds))
        {
            items++;
        }

        return items;
    }

    public async Task SubscribeAsync(Action<int> received)
    {
        _ = ReceiveAsync(received);

        // Calls are handled in the order of their arrival: when this one is answered, the subscription is in place.
        await EchoAsync(NotePayload.Create(NotePayload.FirstId));
    }

    public void StopReading() => _paused = true;

    public Task UploadAsync(ReadOnlyMemory<byte> payload) => _bench.UploadAsync(payload);

    public Task DownloadAsync(int bytes) => _bench.DownloadAsync(bytes);

    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var wasLost = false;
        await foreach (var change in client.StateChanges(cancellationToken))
        {
            wasLost |= change.Current == ChannelState.Reconnecting;
            if (wasLost && change.Current == ChannelState.Connected)
            {
                return;
            }
        }
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async Task ReceiveAsync(Action<int> received)
    {
        await foreach (var note in _bench.SubscribeAsync())
        {
            received(note.Id);
            if (_paused)
            {
                await Task.Delay(Timeout.Infinite);
            }
        }
    }
}
