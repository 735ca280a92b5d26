using System.Diagnostics;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Diagnostics;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Channels;

/// <summary>Sends calls over the session of the moment, also while its connection is away, and opens the channel when it is first used.</summary>
internal sealed class ClientInvoker(SessionQueue sessions, ConnectionLoop loop, ChannelClientOptions options) : SessionInvoker
{
    public override long TimeoutMs { get; } = options.CallTimeout == Timeout.InfiniteTimeSpan ? 0 : (long)Math.Ceiling(options.CallTimeout.TotalMilliseconds);

    public override TimeProvider Time => options.TimeProvider;

    public override ValueTask<Peer> GetPeerAsync(ContractMethod method, CancellationToken cancellationToken) =>
        sessions.TryGet(method) is { } peer ? new ValueTask<Peer>(peer) : new ValueTask<Peer>(WaitAsync(method, cancellationToken));

    protected override Activity? OnStarting(ContractMethod method) => LoopActivities.StartCall(method);

    protected override void OnStarted<TResponse>(ContractMethod method, Activity? activity, Task<TResponse> response)
    {
        if (activity is not null || LoopMetrics.CallsMeasured)
        {
            _ = CallObservation.ObserveAsync(method, activity, response);
        }
    }

    private async Task<Peer> WaitAsync(ContractMethod method, CancellationToken cancellationToken)
    {
        loop.Open();
        return await sessions.WaitAsync(method, cancellationToken).ConfigureAwait(false);
    }
}
