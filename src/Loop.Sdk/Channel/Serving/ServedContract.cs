using Loop.Sdk.Calls;
using Loop.Sdk.Channels;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Serving;

/// <summary>A contract that the server may call on this client.</summary>
internal abstract class ServedContract
{
    /// <summary>Makes the receiving end of one call.</summary>
    /// <exception cref="LoopException">The contract has no such method.</exception>
    public abstract ServerCall Open(ClientPeer peer, in OpenHeader header);
}
