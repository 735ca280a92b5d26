using Loop.Sdk.Contracts;

namespace Loop.Sdk.Calls;

internal sealed class UnaryServerCall<TContract, TRequest, TResponse>(UnaryMethod<TContract, TRequest, TResponse> method, ServerCallSetup<TContract> setup)
    : ServerCall(method, setup.Peer, setup.Header)
{
    private readonly ICallActivator<TContract> _activator = setup.Activator;
    private TRequest _request = default!;

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
        try
        {
            _request = owned is null ? method.Request.Read(payload) : method.Request.ReadOwned(owned);
        }
        catch (LoopException error)
        {
            Refuse(error);
            return;
        }

        if (end)
        {
            Dispatch();
        }
        else
        {
            Refuse(new LoopException(ErrorCodes.InvalidPayload, "The method takes one message."));
        }
    }

    internal override void OnEnd()
    {
    }

    protected override async Task RunAsync()
    {
        Exception? failure = null;
        try
        {
            var contract = await _activator.BeginAsync(this).ConfigureAwait(false);
            var response = await method.Handler(contract, _request, CancellationToken).ConfigureAwait(false);
            Session!.Send(this, method.Response.Encode(response), end: true, borrow: method.Response.IsRaw);
        }
#pragma warning disable CA1031 // Whatever a handler throws ends its call, never the session.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        await EndAsync(_activator, failure).ConfigureAwait(false);
    }
}
