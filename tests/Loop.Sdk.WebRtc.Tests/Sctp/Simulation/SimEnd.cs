namespace Loop.Sdk.WebRtc.Sctp.Simulation;

/// <summary>An association at the end of two links.</summary>
internal sealed class SimEnd
{
    private readonly SimNetwork _network;
    private readonly SimLink _out;
    private readonly byte[] _packet = new byte[65_536];

    public SimEnd(SimNetwork network, SimLink link, SctpSettings settings)
    {
        _network = network;
        _out = link;
        Association = new SctpAssociation(settings);
        network.Add(this);
    }

    public SctpAssociation Association { get; set; }

    public SimEnd Peer { get; set; } = null!;

    /// <summary>Called for every event; whoever takes a message returns it.</summary>
    public Action<SctpEvent> OnEvent { get; set; } = _ => { };

    /// <summary>Called after everything else, to send more.</summary>
    public Action OnIdle { get; set; } = () => { };

    public long NextTimeout => Association.NextTimeout;

    public long Now => _network.Now;

    public List<SctpEventKind> Events { get; } = [];

    public SctpEndReason Reason { get; private set; }

    public void Timeout()
    {
        Association.Timeout(_network.Now);
        Flush();
        Assert.IsTrue(NextTimeout > _network.Now, $"What is due was not done: {NextTimeout} at {_network.Now}.");
    }

    public void Receive(byte[] packet)
    {
        Association.Receive(packet, _network.Now);
        Flush();
    }

    public void Flush()
    {
        Drain();
        OnIdle();
        for (int length; (length = Association.Write(_packet, _network.Now)) > 0;)
        {
            _out.Send(_packet[..length], mayFragment: length > Association.PacketSize && !IsProbe(_packet), Peer.Receive);
        }

        Drain();
    }

    private static bool IsProbe(ReadOnlySpan<byte> packet) => packet[PacketHeader.Size] == ChunkType.Heartbeat;

    private void Drain()
    {
        while (Association.TryReadEvent(out var next))
        {
            if (next.Kind != SctpEventKind.Message)
            {
                Events.Add(next.Kind);
            }

            Reason = next.Reason == SctpEndReason.None ? Reason : next.Reason;
            OnEvent(next);
        }
    }
}
