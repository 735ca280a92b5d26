using System.Threading.Channels;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Server.Tests.WebRtc.Harness;

/// <summary>Somebody in a room, who signals.</summary>
internal sealed class PeerUser(RoomsUser user, string token, string id)
{
    private long _version;

    public RoomsUser User => user;

    public string Id => id;

    public RoomRef Room { get; } = new(token);

    public IPeerSignaling Peers { get; } = user.Client.Service<IPeerSignaling>();

    public static async Task<PeerUser> JoinAsync(RoomsUser user, string token, string member) =>
        new(user, token, (await user.JoinAsync(token, member: Sealed.Member(member))).Participant.Id);

    public Task SendAsync(string to, int length = 100) =>
        Peers.SendAsync(new AddressedSignal { Token = token, To = to, Version = ++_version, Envelope = new byte[length] });

    /// <summary>Listens, from when the server says so.</summary>
    public async Task<IAsyncEnumerator<DeliveredSignal>> ListenAsync()
    {
        var signals = Peers.ReceiveAsync(Room).GetAsyncEnumerator();
        Assert.IsTrue(await signals.MoveNextAsync());
        Assert.AreEqual(SignalDelivery.Begin, signals.Current.Kind);
        return signals;
    }

    public IAsyncEnumerable<ReadOnlyMemory<byte>> Relay(string peer, ChannelReader<ReadOnlyMemory<byte>> frames, string link = "link") =>
        Peers.RelayAsync(new OpenRelay { Token = token, Peer = peer, Link = link }, frames.ReadAllAsync());
}
