using System.Security.Cryptography;
using Loop.Sdk.WebRtc.Ice;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>Finds out how a STUN server sees a socket.</summary>
internal sealed class StunClient : ServerClient
{
    private readonly PeerDriver _driver;
    private readonly UdpFlow _flow;
    private readonly StunBinding _binding = new(RandomNumberGenerator.Fill);
    private TransportAddress _told;

    public StunClient(PeerDriver driver, UdpFlow flow, TransportAddress server, long now)
        : base(server)
    {
        _driver = driver;
        _flow = flow;
        _binding.Start(now);
    }

    public override bool IsSettled => _binding.State is StunBindingState.Known or StunBindingState.Failed;

    public override long NextTimeout => _binding.NextTimeout;

    public override void Receive(ReadOnlySpan<byte> message, long now) => _binding.Receive(message, now);

    public override void Run(long now)
    {
        if (_binding.NextTimeout <= now)
        {
            _binding.Timeout(now);
        }

        Span<byte> datagram = stackalloc byte[StunBinding.MaxDatagram];
        while (_binding.Write(datagram, now) is > 0 and var length)
        {
            _flow.Send(datagram[..length], Server, now);
        }

        if (_binding.State == StunBindingState.Failed)
        {
            _driver.RemoveClient(this);
        }
        else if (_binding.Mapped != _told)
        {
            _told = _binding.Mapped;
            Tell();
        }
    }

    public override void Tell()
    {
        if (!_told.IsNone)
        {
            _driver.AddReflexive(_flow, _told);
        }
    }

    public override void Close(long now) => _binding.Stop();
}
