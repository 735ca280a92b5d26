using Loop.Sdk.Contracts;
using Loop.Sdk.Frames;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Calls;

/// <summary>The receiving end of one call. As a work item it runs its handler.</summary>
#pragma warning disable CA1001 // A call gives its source back itself when the handler is done: no one else owns it.
internal abstract class ServerCall : CallStream, IThreadPoolWorkItem
#pragma warning restore CA1001
{
    private CancellationTokenSource? _cancellation;
    private LoopException? _ended;
    private bool _dispatched;
    private int _phase;

    protected ServerCall(ContractMethod method, Peer peer, in OpenHeader header)
    {
        Method = method;
        Peer = peer;
        _cancellation = peer.RentCancellation();
        CancellationToken = _cancellation.Token;
        Weight = method.Weight;
        TraceParent = header.TraceParent;
        IdempotencyKey = header.IdempotencyKey;
        if (header.DeadlineMs > 0)
        {
            DeadlineAt = peer.Clock.Now + header.DeadlineMs;
        }
    }

    public ContractMethod Method { get; }

    public Peer Peer { get; }

    public string? TraceParent { get; }

    public string? IdempotencyKey { get; }

    /// <summary>Whatever the activator wants to keep with the call.</summary>
    public object? ActivatorState { get; set; }

    /// <summary>Cancelled when the caller gives up, the deadline passes, or the session is lost.</summary>
    public CancellationToken CancellationToken { get; }

    internal sealed override IThreadPoolWorkItem? OnBatchEnd()
    {
        if (!_dispatched)
        {
            return EndItemBatch();
        }

        // Its items are handed over first, and waited for by nobody yet.
        _dispatched = false;
        EndItemBatch();
        return this;
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (Interlocked.CompareExchange(ref _phase, CallPhase.Running, CallPhase.Waiting) != CallPhase.Waiting)
        {
            // Given up before it began.
            return;
        }

        var running = RunAsync();
        if (running.IsCompleted && Interlocked.Exchange(ref _cancellation, null) is { } cancellation)
        {
            Peer.ReturnCancellation(cancellation);
        }
    }

    internal override void OnFailed(LoopException error) => Stop(error);

    internal override void OnDeadline()
    {
        var error = new LoopException(ErrorCodes.DeadlineExceeded, "The call's deadline passed.") { Retryable = true };
        Session!.Fail(this, error);
        Stop(error);
    }

    /// <summary>The request is there: the handler is run when all that came with it was taken in. Called once, by the reader.</summary>
    protected void Dispatch()
    {
        _dispatched = true;
        Session!.NotifyAtBatchEnd(this);
    }

    /// <summary>Hands the items that came over to the handler. Returns it if it waits for them.</summary>
    protected virtual IThreadPoolWorkItem? EndItemBatch() => null;

    /// <summary>Runs the handler to its end and sends what it gives.</summary>
    protected abstract Task RunAsync();

    /// <summary>Ends the call: the caller learns a <see cref="LoopException"/> as it is, and of anything else only that it was internal.</summary>
    protected async ValueTask EndAsync<TContract>(ICallActivator<TContract> activator, Exception? error)
    {
        try
        {
            if (error is not null)
            {
                StopSending();
                Session!.Fail(this, Explain(error));
            }

            await activator.EndAsync(this, error is OperationCanceledException && _ended is { } ended ? ended : error).ConfigureAwait(false);
        }
        finally
        {
            if (Interlocked.Exchange(ref _phase, CallPhase.Ended) == CallPhase.GivenUp)
            {
                Peer.StopWaitingForHandler();
            }
        }
    }

    /// <summary>Refuses the call because its request cannot be read.</summary>
    protected void Refuse(LoopException error) => Session!.Fail(this, error);

    /// <summary>The peer's items stop, with this error if there is one.</summary>
    protected virtual void StopItems(LoopException error)
    {
    }

    private void Stop(LoopException error)
    {
        _ended = error;
        if (Interlocked.CompareExchange(ref _phase, CallPhase.Ended, CallPhase.Waiting) == CallPhase.Running
            && Interlocked.CompareExchange(ref _phase, CallPhase.GivenUp, CallPhase.Running) == CallPhase.Running)
        {
            Peer.WaitForHandler();
        }

        StopSending();
        StopItems(error);

        // Null if the handler was done already. Its callbacks must not run on the thread that reads the connection.
        _ = Interlocked.Exchange(ref _cancellation, null)?.CancelAsync();
    }

    private LoopException Explain(Exception error) => error switch
    {
        LoopException known => known,
        OperationCanceledException when _ended is { } ended => ended,
        OperationCanceledException => new LoopException(ErrorCodes.Cancelled, "The call was cancelled."),
        _ => new LoopException(ErrorCodes.Internal, "The call failed."),
    };
}
