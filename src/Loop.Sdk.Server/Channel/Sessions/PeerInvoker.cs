using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Server;

/// <summary>Sends the server's own calls to one client.</summary>
internal sealed class PeerInvoker(ServerPeer peer) : SessionInvoker
{
    /// <summary>A call to a client that does not answer must not wait for ever.</summary>
    public override long TimeoutMs => 30_000;

    public override ValueTask<Peer> GetPeerAsync(ContractMethod method, CancellationToken cancellationToken) => new(peer);
}
