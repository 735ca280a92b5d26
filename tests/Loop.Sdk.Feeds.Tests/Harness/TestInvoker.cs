using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Feeds.Tests.Harness;

internal sealed class TestInvoker(Func<CancellationToken, ValueTask<Peer>> getPeer, TimeProvider time) : SessionInvoker
{
    public override long TimeoutMs => 0;

    public override TimeProvider Time => time;

    public override ValueTask<Peer> GetPeerAsync(ContractMethod method, CancellationToken cancellationToken) => getPeer(cancellationToken);
}
