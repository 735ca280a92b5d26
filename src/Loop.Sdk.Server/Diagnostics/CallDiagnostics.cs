using System.Diagnostics;
using Loop.Sdk.Calls;

namespace Loop.Sdk.Server;

/// <summary>Traces and measures calls, if anybody listens.</summary>
internal sealed class CallDiagnostics(LoopServerMetrics metrics)
{
    private static readonly ActivitySource Source = new(LoopServerMetrics.Name);

    public bool IsObserved => metrics.MeasuresCalls || Source.HasListeners();

    /// <summary>Starts the call's activity, whose parent is the caller's.</summary>
    public static Activity? Start(ServerCall call)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var activity = Source.StartActivity($"{call.Method.ContractName}/{call.Method.Name}", ActivityKind.Server, call.TraceParent);
        activity?.SetTag("rpc.system", "loop");
        activity?.SetTag("rpc.service", call.Method.ContractName);
        activity?.SetTag("rpc.method", call.Method.Name);
        return activity;
    }

    public void Stop(ServerCall call, CallState state, Exception? error)
    {
        var outcome = OutcomeOf(error);
        metrics.Called(call.Method.ContractName, call.Method.Name, outcome, Stopwatch.GetElapsedTime(state.Started));
        if (state.Activity is { } activity)
        {
            if (error is not null)
            {
                activity.SetStatus(ActivityStatusCode.Error, outcome);
                activity.SetTag("error.type", outcome);
            }

            activity.Dispose();
        }
    }

    private static string OutcomeOf(Exception? error) => error switch
    {
        null => "ok",
        LoopException known => known.Code,
        OperationCanceledException => ErrorCodes.Cancelled,
        _ => ErrorCodes.Internal,
    };
}
