using Loop.Sdk.Calls;

namespace Loop.Sdk.Server;

/// <summary>One implementation for every session.</summary>
internal sealed class SessionActivator<TContract>(Func<LoopSession, TContract> create, int id, CallPipeline pipeline) : ContractActivator<TContract>(pipeline)
    where TContract : class
{
    protected override TContract Resolve(ServerCall call) => ((ServerPeer)call.Peer).Context.HandlerOf(id, create);
}
