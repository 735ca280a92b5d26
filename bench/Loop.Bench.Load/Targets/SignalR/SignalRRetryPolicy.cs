using Loop.Bench.Load.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>The bench's common delays, without end: the default gives up after four attempts, and waits for seconds.</summary>
internal sealed class SignalRRetryPolicy : IRetryPolicy
{
    public TimeSpan? NextRetryDelay(RetryContext retryContext) => RetryDelays.Next(retryContext.PreviousRetryCount);
}
