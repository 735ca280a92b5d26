using System.Runtime.CompilerServices;

namespace Loop.Sdk.WebRtc;

/// <summary>A way to a peer over a peer connection, with a negotiated data channel for each lane.</summary>
internal sealed class DirectTransport : ILinkTransport
{
    private readonly IDataChannel[] _lanes;

    public DirectTransport(IPeerConnection connection)
    {
        Connection = connection;
        _lanes = [Create(Lane.Control, "loop.control"), Create(Lane.Bulk, "loop.bulk")];
    }

    public IPeerConnection Connection { get; }

    public MeshPath Path => MeshPath.Direct;

    public bool IsHealthy => Connection.State == PeerConnectionState.Connected;

    public Task OpenAsync(CancellationToken cancellationToken) => Task.WhenAll(_lanes.Select(lane => lane.WaitForOpenAsync(cancellationToken)));

    public ValueTask SendAsync(Lane lane, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        _lanes[(int)lane].SendAsync(frame, DataMessageKind.Binary, cancellationToken);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAsync(Lane lane, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in _lanes[(int)lane].MessagesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return message.Payload;
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private IDataChannel Create(Lane lane, string label) => Connection.CreateDataChannel(label, new DataChannelOptions { NegotiatedId = (int)lane, Protocol = "loop.mesh/1" });
}
