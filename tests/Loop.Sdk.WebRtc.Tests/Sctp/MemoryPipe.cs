namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Two associations, each packet of one going straight into the other, without allocation of its own.</summary>
internal sealed class MemoryPipe
{
    private readonly byte[] _packet = new byte[65_536];

    public MemoryPipe(SctpSettings settings)
    {
        A = new SctpAssociation(settings);
        B = new SctpAssociation(settings);
        A.Connect(settings.LocalPort, Now);
        B.Connect(settings.LocalPort, Now);
        Move();
    }

    public SctpAssociation A { get; }

    public SctpAssociation B { get; }

    public long Now { get; private set; } = 1_000_000;

    public int Received { get; private set; }

    public long Packets { get; private set; }

    /// <summary>Moves packets until there are none, and what waits for time alone does not count.</summary>
    public void Move()
    {
        while (Move(A, B) | Move(B, A))
        {
        }
    }

    /// <summary>Sends messages and moves packets until all have arrived.</summary>
    public void Pump(ReadOnlySpan<byte> message, int count, Reliability reliability)
    {
        var until = Received + count;
        var sent = 0;
        while (Received < until)
        {
            while (sent < count && A.TrySend(1, 53, message, reliability, Now) == SctpSendResult.Taken)
            {
                sent++;
            }

            Move();
            Now += 10;
            A.Timeout(Now);
            B.Timeout(Now);
        }
    }

    private bool Move(SctpAssociation from, SctpAssociation to)
    {
        var any = false;
        for (int length; (length = from.Write(_packet, Now)) > 0; any = true)
        {
            Now++;
            Packets++;
            to.Receive(_packet.AsSpan(0, length), Now);
            Drain(to);
        }

        Drain(from);
        return any;
    }

    private void Drain(SctpAssociation association)
    {
        while (association.TryReadEvent(out var next))
        {
            if (next.Kind == SctpEventKind.Message)
            {
                Received++;
                association.Return(next.Message);
            }
        }
    }
}
