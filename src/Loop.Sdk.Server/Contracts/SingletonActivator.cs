using Loop.Sdk.Calls;

namespace Loop.Sdk.Server;

/// <summary>One implementation for all calls.</summary>
internal sealed class SingletonActivator<TContract>(TContract implementation, CallPipeline pipeline) : ContractActivator<TContract>(pipeline)
{
    protected override TContract Resolve(ServerCall call) => implementation;
}
