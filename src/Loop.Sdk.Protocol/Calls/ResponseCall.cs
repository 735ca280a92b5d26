using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Calls;

/// <summary>The calling end of a call that is answered by one message.</summary>
internal class ResponseCall<TResponse>(PayloadCodec<TResponse> codec) : ClientCall
{
    private readonly TaskCompletionSource<TResponse> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResponse> Task => _response.Task;

    /// <summary>Sends the request as the only message.</summary>
    public void Start<TRequest>(Peer peer, in CallStart call, PayloadCodec<TRequest> requestCodec, TRequest request, CancellationToken cancellationToken) =>
        Open(peer, call, requestCodec.Encode(request), end: true, requestCodec.IsRaw, cancellationToken);

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
        TResponse response;
        try
        {
            response = owned is null ? codec.Read(payload) : codec.ReadOwned(owned);
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
        _response.TrySetResult(response);
        Finish(error: null);
    }

    internal override void OnEnd() => Reject(new LoopException(ErrorCodes.InvalidPayload, "The call ended without an answer."));

    protected override void Complete(Exception? error)
    {
        if (error is OperationCanceledException cancelled)
        {
            _response.TrySetCanceled(cancelled.CancellationToken);
        }
        else if (error is not null)
        {
            _response.TrySetException(error);
        }
    }

    /// <summary>The answer is there.</summary>
    protected virtual void OnAnswered()
    {
    }
}
