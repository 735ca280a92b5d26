using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>A way for datagrams to leave and come, which the ICE agent knows by its number: a socket of this machine, or an address on a relay. Used under the connection's lock.</summary>
internal abstract class Flow(int number)
{
    public int Number { get; } = number;

    /// <summary>Sends a datagram, or loses it as a network may.</summary>
    public abstract void Send(ReadOnlySpan<byte> datagram, in TransportAddress to, long now);

    public abstract void Close();
}
