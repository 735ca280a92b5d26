using Loop.Sdk.Contracts;
using Loop.Sdk.Frames;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Calls;

/// <summary>The calling end of one call.</summary>
internal abstract class ClientCall : CallStream
{
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;

    /// <summary>Opens the stream with the request.</summary>
    /// <param name="peer">The session's end.</param>
    /// <param name="call">What is called, and how.</param>
    /// <param name="payload">The request.</param>
    /// <param name="end">Whether the request is all that this end sends.</param>
    /// <param name="borrow">Whether the payload stays as it is until it was sent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    protected void Open(Peer peer, in CallStart call, ReadOnlyMemory<byte> payload, bool end, bool borrow, CancellationToken cancellationToken)
    {
        Weight = call.Method.Weight;
        if (call.TimeoutMs > 0)
        {
            DeadlineAt = peer.Clock.Now + call.TimeoutMs;
        }

        var serviceId = peer.ServiceIdOf(call.Method.ContractName);
        var header = new OpenHeader
        {
            ServiceId = serviceId,
            ServiceName = serviceId == 0 ? call.Method.ContractName : null,
            Method = call.Method.Number,
            DeadlineMs = call.TimeoutMs,
            TraceParent = call.TraceParent,
            IdempotencyKey = call.IdempotencyKey,
        };
        peer.Session.Open(this, header, payload, end, borrow);
        if (cancellationToken.CanBeCanceled)
        {
            _cancellationToken = cancellationToken;
            _registration = cancellationToken.UnsafeRegister(static state => ((ClientCall)state!).OnCancelled(), this);
        }
    }

    internal override void OnFailed(LoopException error) => Finish(error);

    internal override void OnDeadline()
    {
        Session!.Cancel(this);
        Finish(new LoopException(ErrorCodes.DeadlineExceeded, "The call was not answered in time.") { Retryable = true });
    }

    /// <summary>The call is over for its caller.</summary>
    protected abstract void Complete(Exception? error);

    /// <summary>Ends the call once, from whatever side the end comes.</summary>
    protected void Finish(Exception? error)
    {
        StopSending();
        _registration.Unregister();
        Complete(error);
    }

    /// <summary>The peer does not keep to the contract: the call ends, the session goes on.</summary>
    protected void Reject(LoopException error)
    {
        Session!.Cancel(this);
        Finish(error);
    }

    private void OnCancelled()
    {
        Session!.Cancel(this);
        Finish(new OperationCanceledException(_cancellationToken));
    }
}
