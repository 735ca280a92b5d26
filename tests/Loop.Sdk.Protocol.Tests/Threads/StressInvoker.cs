using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Threads;

internal sealed class StressInvoker(Peer peer) : SessionInvoker
{
    public override long TimeoutMs => 0;

    public override ValueTask<Peer> GetPeerAsync(ContractMethod method, CancellationToken cancellationToken) => new(peer);
}
