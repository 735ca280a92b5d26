using Loop.Bench.Load.Client;
using Loop.Bench.Load.Payload;
using Microsoft.AspNetCore.SignalR.Client;

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>A session of SignalR.</summary>
internal sealed class SignalRClientConnection(HubConnection hub, HubSocketFactory factory, bool isChunked)
    : INoteStreamConnection, IByteStreamConnection, IPausableConnection, ITransferConnection, IRecoverableConnection
{
    public ValueTask EchoAsync(Note note) => new(hub.InvokeAsync<Note>(nameof(BenchHub.Echo), note));

    public Task<long> ReadNotesAsync(TimeSpan duration) => ReadStreamAsync<Note>(nameof(BenchHub.StreamNotes), (int)duration.TotalMilliseconds);

    public Task<long> ReadBytesAsync(TimeSpan duration) => ReadStreamAsync<byte[]>(nameof(BenchHub.StreamBytes), (int)duration.TotalMilliseconds);

    public Task SubscribeAsync(Action<int> received)
    {
        hub.On<Note>(HubNames.Event, note => received(note.Id));

        // A reconnection brings a new connection id, unknown to the group; a resumption does not.
        hub.Reconnected += _ => hub.InvokeAsync(nameof(BenchHub.Subscribe));
        return hub.InvokeAsync(nameof(BenchHub.Subscribe));
    }

    public Task UploadAsync(ReadOnlyMemory<byte> payload) => isChunked
        ? hub.InvokeAsync<int>(nameof(BenchHub.UploadChunks), Chunking.Split(payload).ToAsyncEnumerable())
        : hub.InvokeAsync<int>(nameof(BenchHub.Upload), payload.ToArray());

    public Task DownloadAsync(int bytes) => isChunked
        ? ReadStreamAsync<byte[]>(nameof(BenchHub.DownloadChunks), bytes)
        : hub.InvokeAsync<byte[]>(nameof(BenchHub.Download), bytes);

    public void StopReading() => factory.StopReading();

    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        factory.Resumed = () => back.TrySetResult();
        hub.Reconnected += _ =>
        {
            back.TrySetResult();
            return Task.CompletedTask;
        };
        await back.Task.WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    private async Task<long> ReadStreamAsync<T>(string method, int argument)
    {
        var items = 0L;
        var channel = await hub.StreamAsChannelAsync<T>(method, argument);
        while (await channel.WaitToReadAsync())
        {
            while (channel.TryRead(out _))
            {
                items++;
            }
        }

        return items;
    }
}
