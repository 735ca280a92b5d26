using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Server;

internal sealed class ContractBinding<TContract>(ContractDescriptor<TContract> descriptor, ICallActivator<TContract> activator) : ContractBinding
    where TContract : class, IContract<TContract>
{
    public override string Name => descriptor.Name;

    public override ServerCall Open(ServerPeer peer, in OpenHeader header)
    {
        var method = descriptor.Find(header.Method) ?? throw new LoopException(ErrorCodes.UnknownMethod, "The service has no such method.");
        return method.CreateCall(new ServerCallSetup<TContract>(peer, activator, header));
    }
}
