using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>The way to a server through one of the connection's own sockets.</summary>
internal sealed class UdpServerLink(UdpFlow flow, TransportAddress server) : IServerLink
{
    public UdpFlow Flow { get; } = flow;

    public void Send(ReadOnlySpan<byte> message, long now) => Flow.Send(message, server, now);

    public void Close()
    {
    }
}
