using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Calls;

/// <summary>The calling end of a call that is answered by one message. As a work item it lets the caller go on.</summary>
internal class ResponseCall<TResponse>(PayloadCodec<TResponse> codec) : ClientCall, IThreadPoolWorkItem
{
    // The caller goes on wherever the task is completed: on the thread that reads, when it has taken in all there was, and never on that of whoever ends the call.
    private readonly TaskCompletionSource<TResponse> _completion = new();
    private TResponse _response = default!;
    private Exception? _error;
    private int _decided;

    public Task<TResponse> Task => _completion.Task;

    /// <summary>Sends the request as the only message.</summary>
    public void Start<TRequest>(Peer peer, in CallStart call, PayloadCodec<TRequest> requestCodec, TRequest request, CancellationToken cancellationToken) =>
        Open(peer, call, requestCodec.Encode(request), end: true, requestCodec.IsRaw, cancellationToken);

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
        try
        {
            _response = owned is null ? codec.Read(payload) : codec.ReadOwned(owned);
        }
        catch (LoopException error)
        {
            Reject(error);
            return;
        }

        if (!end)
        {
            Reject(new LoopException(ErrorCodes.InvalidPayload, "The method answers with one message."));
            return;
        }

        OnAnswered();
        if (TryDecide())
        {
            Session!.NotifyAtBatchEnd(this);
        }

        Finish(error: null);
    }

    internal override void OnEnd() => Reject(new LoopException(ErrorCodes.InvalidPayload, "The call ended without an answer."));

    internal override IThreadPoolWorkItem? OnBatchEnd() => this;

    void IThreadPoolWorkItem.Execute()
    {
        if (_error is null)
        {
            _completion.SetResult(_response);
        }
        else if (_error is OperationCanceledException cancelled)
        {
            _completion.SetCanceled(cancelled.CancellationToken);
        }
        else
        {
            _completion.SetException(_error);
        }
    }

    protected override void Complete(Exception? error)
    {
        if (error is not null && TryDecide())
        {
            _error = error;
            ReadyWork.Queue(this);
        }
    }

    /// <summary>The answer is there.</summary>
    protected virtual void OnAnswered()
    {
    }

    // Answer, cancellation, deadline and the end of the session can meet: the first of them counts.
    private bool TryDecide() => Interlocked.Exchange(ref _decided, 1) == 0;
}
