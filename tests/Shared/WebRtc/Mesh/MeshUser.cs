using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing;

namespace Loop.Sdk.WebRtc.Conformance;

/// <summary>Somebody in a mesh.</summary>
internal sealed class MeshUser(LoopTestClient device, RoomsClient rooms) : IAsyncDisposable
{
    private RoomMesh? _mesh;

    public LoopTestClient Device => device;

    public RoomsClient Rooms => rooms;

    public Room Room { get; set; } = null!;

    public RoomMesh Mesh => _mesh!;

    public async Task EnterAsync(Room room, MeshOptions options)
    {
        Room = room;
        _mesh = await room.JoinMeshAsync(options);
    }

    /// <summary>The peer that somebody is to this one, once it is so.</summary>
    public Task<MeshPeer> PeerAsync(MeshUser other, Func<MeshPeer, bool>? wanted = null) => PeerAsync(peer => peer.Id == other.Mesh.Id && (wanted?.Invoke(peer) ?? peer.State == MeshPeerState.Connected));

    public async Task<MeshPeer> PeerAsync(Func<MeshPeer, bool> wanted)
    {
        await foreach (var _ in Mesh.Peers.SubscribeAsync())
        {
            if (Mesh.CurrentPeers.FirstOrDefault(wanted) is { } peer)
            {
                return peer;
            }
        }

        throw new AssertFailedException("There never was such a peer.");
    }

    /// <summary>Waits until the peers are as wanted.</summary>
    public async Task PeersAsync(Func<IReadOnlyList<MeshPeer>, bool> wanted)
    {
        await foreach (var _ in Mesh.Peers.SubscribeAsync())
        {
            if (wanted(Mesh.CurrentPeers))
            {
                return;
            }
        }

        Assert.Fail("The peers never were so.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_mesh is not null)
        {
            await _mesh.DisposeAsync();
        }

        await rooms.DisposeAsync();
    }
}
