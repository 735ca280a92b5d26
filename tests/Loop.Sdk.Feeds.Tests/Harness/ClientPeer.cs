using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Feeds.Tests.Harness;

internal sealed class ClientPeer(SessionOptions options, PeerLimits server) : Peer(SessionSide.Client, options, server, Clock.System)
{
    public override int ServiceIdOf(string contract) => 0;

    protected override SessionStream OnOpen(in OpenHeader header) => throw new LoopException(ErrorCodes.UnknownService, "A client serves nothing.");
}
