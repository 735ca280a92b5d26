using Loop.Sdk.Contracts;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Calls;

/// <summary>The receiving end of a call that streams in at least one direction: a request, then perhaps items, either way.</summary>
internal abstract class StreamingServerCall<TContract, TRequest>(ContractMethod method, PayloadCodec<TRequest> requestCodec, ServerCallSetup<TContract> setup)
    : ServerCall(method, setup.Peer, setup.Header)
{
    private bool _started;

    protected ICallActivator<TContract> Activator { get; } = setup.Activator;

    protected TRequest Request { get; private set; } = default!;

    internal override void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end)
    {
        try
        {
            if (_started)
            {
                AddItem(payload, owned);
            }
            else
            {
                Request = owned is null ? requestCodec.Read(payload) : requestCodec.ReadOwned(owned);
                _started = true;
                Session!.Consume(this, CreditCost.Of(payload.Length));
                Dispatch();
            }
        }
        catch (LoopException error)
        {
            Refuse(error);
            OnFailed(error);
            return;
        }

        if (end)
        {
            OnEnd();
        }
    }

    internal override void OnEnd() => EndItems();

    protected override async Task RunAsync()
    {
        Exception? failure = null;
        try
        {
            var contract = await Activator.BeginAsync(this).ConfigureAwait(false);
            await HandleAsync(contract).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a handler throws ends its call, never the session.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        await EndAsync(Activator, failure).ConfigureAwait(false);
    }

    /// <summary>Calls the handler and sends what it gives.</summary>
    protected abstract ValueTask HandleAsync(TContract contract);

    protected virtual void AddItem(ReadOnlySpan<byte> payload, byte[]? owned) =>
        throw new LoopException(ErrorCodes.InvalidPayload, "The method takes one message.");

    protected virtual void EndItems()
    {
    }
}
