using System.Diagnostics;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Diagnostics;

/// <summary>Follows one call to its end for those who measure or trace.</summary>
internal static class CallObservation
{
    private const string Success = "ok";

    public static async Task ObserveAsync<TResponse>(ContractMethod method, Activity? activity, Task<TResponse> response)
    {
        var start = Stopwatch.GetTimestamp();
        var outcome = Success;
        try
        {
            await response.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            outcome = ErrorCodes.Cancelled;
        }
#pragma warning disable CA1031 // The caller gets it; here only its code counts.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            outcome = exception is LoopException { Code: var code } ? code : ErrorCodes.Internal;
        }

        LoopMetrics.Called(method, outcome, Stopwatch.GetElapsedTime(start));
        if (activity is not null)
        {
            End(activity, outcome);
        }
    }

    private static void End(Activity activity, string outcome)
    {
        if (outcome != Success)
        {
            activity.SetStatus(ActivityStatusCode.Error, outcome).SetTag("error.type", outcome);
        }

        activity.Dispose();
    }
}
