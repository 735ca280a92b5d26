using Loop.Sdk.Frames;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Calls;

/// <summary>What a contract method needs to make the receiving end of a call.</summary>
internal readonly record struct ServerCallSetup<TContract>(Peer Peer, ICallActivator<TContract> Activator, OpenHeader Header);
