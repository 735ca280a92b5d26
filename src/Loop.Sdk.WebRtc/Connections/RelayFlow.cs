using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>An address on a relay.</summary>
internal sealed class RelayFlow(int number, TurnClient client, TransportAddress address, TransportAddress mapped) : Flow(number)
{
    public TurnClient Client { get; } = client;

    public TransportAddress Address { get; } = address;

    /// <summary>How the server sees this end.</summary>
    public TransportAddress Mapped { get; } = mapped;

    public override void Send(ReadOnlySpan<byte> datagram, in TransportAddress to, long now) => Client.Send(datagram, to, now);

    public void Permit(in TransportAddress peer, long now)
    {
        if (peer.IsV6 == Address.IsV6)
        {
            Client.Permit(peer, now);
        }
    }

    public void Bind(in TransportAddress peer, long now) => Client.Bind(peer, now);

    public override void Close()
    {
    }
}
