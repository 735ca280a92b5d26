using Loop.Sdk.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server;

/// <summary>One implementation for every call, from a scope of services that ends with the call.</summary>
internal sealed class ScopedActivator<TContract, THandler>(CallPipeline pipeline) : ContractActivator<TContract>(pipeline)
    where THandler : class, TContract
{
    protected override TContract Resolve(ServerCall call)
    {
        var state = call.ActivatorState as CallState ?? Pipeline.Begin(call);
        return state.Services.GetRequiredService<THandler>();
    }
}
