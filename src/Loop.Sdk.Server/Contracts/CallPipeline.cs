using Loop.Sdk.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server;

/// <summary>What happens around a contract's calls. It costs a call nothing that has no rules and that nobody observes.</summary>
internal sealed partial class CallPipeline(IReadOnlyList<CallRule> rules, CallDiagnostics diagnostics, IServiceScopeFactory scopes, ILogger<LoopServer> logger)
{
    /// <summary>Whether a call needs <see cref="Begin"/>.</summary>
    public bool IsActive => rules.Count > 0 || diagnostics.IsObserved;

    public bool HasRules => rules.Count > 0;

    /// <summary>Begins a call. Not asynchronous, so that the activity becomes the handler's current one.</summary>
    public CallState Begin(ServerCall call)
    {
        var state = new CallState(call, scopes) { Activity = CallDiagnostics.Start(call) };
        call.ActivatorState = state;
        return state;
    }

    /// <summary>Asks the rules.</summary>
    /// <exception cref="LoopException"><c>permission_denied</c>.</exception>
    public async ValueTask AuthorizeAsync(CallState state)
    {
        foreach (var rule in rules)
        {
            if (!await rule.AllowsAsync(state.Context).ConfigureAwait(false))
            {
                throw new LoopException(ErrorCodes.PermissionDenied, "The call is not allowed.");
            }
        }
    }

    /// <summary>Ends a call that was begun, or that failed.</summary>
    public async ValueTask EndAsync(ServerCall call, Exception? error)
    {
        if (error is not null and not LoopException and not OperationCanceledException)
        {
            Log.HandlerFailed(logger, call.Method.ContractName, call.Method.Name, ((ServerPeer)call.Peer).Id, error);
        }

        if (call.ActivatorState is not CallState state)
        {
            return;
        }

        diagnostics.Stop(call, state, error);
        try
        {
            await state.DisposeScopeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The call was answered already: a service that cannot clean up concerns only the log.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.ScopeFailed(logger, call.Method.ContractName, call.Method.Name, exception);
        }
    }
}
