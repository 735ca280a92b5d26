using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc;

/// <summary>A way to a peer over the server: a relay for each lane, sealed with the room's key.</summary>
internal sealed class RelayTransport : ILinkTransport
{
    private readonly RelayLaneCall[] _lanes;
    private volatile bool _isOver;

    /// <param name="scope">The room.</param>
    /// <param name="peers">The server.</param>
    /// <param name="peer">Who is at the other end.</param>
    /// <param name="instance">This end's mesh.</param>
    /// <param name="link">What both ends know the relay by.</param>
    public RelayTransport(RoomScope scope, IPeerSignaling peers, PeerAddress peer, string instance, string link)
    {
        _lanes = [.. new[] { Lane.Control, Lane.Bulk }.Select(lane => new RelayLaneCall(
            peers,
            new OpenRelay { Token = scope.Ref.Token, Peer = peer.Participation, Link = $"{link}.{(int)lane}" },
            new RelaySeal(scope, peer.Member, Item(link, lane, instance, peer.Member), Item(link, lane, peer.Instance, scope.Self.Id))))];
    }

    public MeshPath Path => MeshPath.Relayed;

    public bool IsHealthy => !_isOver;

    public Task OpenAsync(CancellationToken cancellationToken) => Task.WhenAll(_lanes.Select(lane => lane.Met.WaitAsync(cancellationToken)));

    public ValueTask SendAsync(Lane lane, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) => _lanes[(int)lane].SendAsync(frame, cancellationToken);

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAsync(Lane lane, CancellationToken cancellationToken) => _lanes[(int)lane].ReceiveAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _isOver = true;
        Array.ForEach(_lanes, static lane => lane.Close());
        return default;
    }

    private static string Item(string link, Lane lane, string instance, string member) =>
        SignalItems.OfRelay(link, lane, instance, member) ?? throw new LoopException(ErrorCodes.InvalidPayload, "The link is too long.");
}
