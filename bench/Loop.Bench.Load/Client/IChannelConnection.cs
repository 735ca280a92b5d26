using Loop.Sdk;

namespace Loop.Bench.Load.Client;

/// <summary>A session of this library, for workloads that have no rival.</summary>
internal interface IChannelConnection : IClientConnection
{
    ChannelClient Channel { get; }
}
