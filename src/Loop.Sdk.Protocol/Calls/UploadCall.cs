using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Calls;

/// <summary>The calling end of a client-streaming call.</summary>
#pragma warning disable CA1001 // The source holds nothing but registrations, which end with the call.
internal sealed class UploadCall<TItem, TResponse>(PayloadCodec<TItem> itemCodec, PayloadCodec<TResponse> responseCodec) : ResponseCall<TResponse>(responseCodec)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _sending = new();

    /// <summary>Sends the request and the items, and gives the answer.</summary>
    public async Task<TResponse> RunAsync<TRequest>(
        Peer peer, CallStart call, PayloadCodec<TRequest> requestCodec, TRequest request, IAsyncEnumerable<TItem> items, CancellationToken cancellationToken)
    {
        Open(peer, call, requestCodec.Encode(request), end: false, requestCodec.IsRaw, cancellationToken);
        try
        {
            await SendAllAsync(itemCodec, items, _sending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_sending.IsCancellationRequested)
        {
            // The call ended before its items did: how, says the answer.
        }
#pragma warning disable CA1031 // Whatever the caller's sequence throws ends the call and reaches the caller.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Session!.Fail(this, new LoopException(ErrorCodes.Cancelled, "The caller's items ended with an error."));
            Finish(exception);
        }

        return await Task.ConfigureAwait(false);
    }

    protected override void OnAnswered()
    {
        // The handler needs no more items than it has read.
        Session!.Cancel(this);
        _ = _sending.CancelAsync();
    }

    protected override void Complete(Exception? error)
    {
        base.Complete(error);
        if (error is not null)
        {
            _ = _sending.CancelAsync();
        }
    }
}
