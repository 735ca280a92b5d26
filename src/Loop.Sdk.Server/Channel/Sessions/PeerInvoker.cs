using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Server;

/// <summary>Sends the server's own calls to one client.</summary>
internal sealed class PeerInvoker(ServerPeer peer) : SessionInvoker
{
    /// <summary>A call to a client that does not answer must not wait for ever.</summary>
    public override long TimeoutMs => 30_000;

    public override TimeProvider Time => peer.Clock.Time;

    // There is no next session to wait for. Saying so with another code than «session_lost» ends those who would start over.
    public override ValueTask<Peer> GetPeerAsync(ContractMethod method, CancellationToken cancellationToken) =>
        peer.Session.Closed is { } reason
            ? ValueTask.FromException<Peer>(new LoopException(ErrorCodes.Closed, "The session has ended.", reason))
            : new ValueTask<Peer>(peer);
}
