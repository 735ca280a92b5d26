using Loop.Sdk.Calls;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Server;

/// <summary>A contract with the implementation that its calls run on.</summary>
internal abstract class ContractBinding
{
    /// <summary>The contract's name with its major version.</summary>
    public abstract string Name { get; }

    /// <summary>Makes the receiving end of one call.</summary>
    /// <exception cref="LoopException">The contract has no such method.</exception>
    public abstract ServerCall Open(ServerPeer peer, in OpenHeader header);
}
