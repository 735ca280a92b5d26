using System.Diagnostics;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Diagnostics;

/// <summary>Spans of calls, from the source <c>Loop.Sdk</c>, named after the OpenTelemetry conventions for RPC.</summary>
internal static class LoopActivities
{
    private static readonly ActivitySource Source = new("Loop.Sdk");

    /// <summary>Starts the span of one call, or gives null if nobody listens. The caller's own span stays the current one.</summary>
    public static Activity? StartCall(ContractMethod method)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var current = Activity.Current;
        var activity = Source.StartActivity($"{method.ContractName}/{method.Name}", ActivityKind.Client);
        Activity.Current = current;
        activity?.SetTag("rpc.system", "loop").SetTag("rpc.service", method.ContractName).SetTag("rpc.method", method.Name);
        return activity;
    }
}
