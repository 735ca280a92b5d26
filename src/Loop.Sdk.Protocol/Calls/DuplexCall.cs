using Loop.Sdk.Contracts;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Calls;

internal sealed class DuplexCall<TContract, TRequest, TItem, TResult>(
    SessionInvoker invoker,
    DuplexMethod<TContract, TRequest, TItem, TResult> method,
    TRequest request,
    IAsyncEnumerable<TItem> items,
    CancellationToken cancellationToken)
    : StreamCall<TResult>(invoker, method.Result, cancellationToken)
{
    private readonly CancellationTokenSource _sending = new();
    private Task _sender = Task.CompletedTask;

    protected override ContractMethod Method => method;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        await _sender.ConfigureAwait(false);
        _sending.Dispose();
    }

    internal override void OnEnd()
    {
        // The other end is through: it reads no more items either.
        Session!.Cancel(this);
        base.OnEnd();
    }

    protected override void Start(Peer peer, in CallStart call)
    {
        Open(peer, call, method.Request.Encode(request), end: false, method.Request.IsRaw, CancellationToken);
        _sender = Task.Run(SendAsync, CancellationToken.None);
    }

    protected override void Complete(Exception? error)
    {
        base.Complete(error);
        _ = _sending.CancelAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            await SendAllAsync(method.Item, items, _sending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_sending.IsCancellationRequested)
        {
            // The call ended before its items did: how, says the stream of results.
        }
#pragma warning disable CA1031 // Whatever the caller's sequence throws ends the call and reaches the caller.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var error = exception as LoopException ?? new LoopException(ErrorCodes.Cancelled, "The caller's items ended with an error.", exception);
            Session!.Fail(this, error);
            Finish(error);
        }
    }
}
