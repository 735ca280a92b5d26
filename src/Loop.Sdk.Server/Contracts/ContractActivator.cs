using Loop.Sdk.Calls;

namespace Loop.Sdk.Server;

/// <summary>Gives the implementation for a call, through the pipeline if there is something for it to do.</summary>
internal abstract class ContractActivator<TContract>(CallPipeline pipeline) : ICallActivator<TContract>
{
    public ValueTask<TContract> BeginAsync(ServerCall call)
    {
        if (!pipeline.IsActive)
        {
            return new ValueTask<TContract>(Resolve(call));
        }

        var state = pipeline.Begin(call);
        return pipeline.HasRules ? AuthorizedAsync(call, state) : new ValueTask<TContract>(Resolve(call));
    }

    public ValueTask EndAsync(ServerCall call, Exception? error) =>
        error is null && call.ActivatorState is null ? default : pipeline.EndAsync(call, error);

    protected CallPipeline Pipeline => pipeline;

    /// <summary>Gives the implementation.</summary>
    protected abstract TContract Resolve(ServerCall call);

    private async ValueTask<TContract> AuthorizedAsync(ServerCall call, CallState state)
    {
        await pipeline.AuthorizeAsync(state).ConfigureAwait(false);
        return Resolve(call);
    }
}
