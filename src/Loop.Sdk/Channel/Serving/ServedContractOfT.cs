using Loop.Sdk.Calls;
using Loop.Sdk.Channels;
using Loop.Sdk.Contracts;
using Loop.Sdk.Frames;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Serving;

internal sealed class ServedContract<TContract>(TContract implementation, ILogger logger) : ServedContract, ICallActivator<TContract>
    where TContract : class, IContract<TContract>
{
    private readonly ContractDescriptor<TContract> _descriptor = TContract.Descriptor;

    public override ServerCall Open(ClientPeer peer, in OpenHeader header)
    {
        var method = _descriptor.Find(header.Method) ?? throw new LoopException(ErrorCodes.UnknownMethod, "The service has no such method.");
        return method.CreateCall(new ServerCallSetup<TContract>(peer, this, header));
    }

    public ValueTask<TContract> BeginAsync(ServerCall call) => new(implementation);

    public ValueTask EndAsync(ServerCall call, Exception? error)
    {
        // The server learns only that it was internal, so this is the one place that tells what it was.
        if (error is not null and not LoopException and not OperationCanceledException)
        {
            logger.HandlerFailed(call.Method.ContractName, call.Method.Name, ((ClientPeer)call.Peer).Id, error);
        }

        return default;
    }
}
