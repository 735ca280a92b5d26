namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>
/// An SCTP association (RFC 9260) without sockets, threads or clocks. All calls are made one at a time, under the owner's lock, with the time in microseconds of a clock that does not go
/// back. After any call: <see cref="Write"/> until it gives 0, <see cref="TryReadEvent"/> until there is none, and <see cref="Timeout"/> at <see cref="NextTimeout"/>.
/// No input from the peer makes a call throw.
/// </summary>
internal sealed class SctpAssociation(SctpSettings settings)
{
    /// <summary>Whether messages can be sent.</summary>
    public bool IsConnected { get; }

    /// <summary>Whether it is over.</summary>
    public bool IsEnded { get; }

    /// <summary>The size of packets now. What was cut before the path shrank may be sent again in larger packets: they need fragmentation by IP.</summary>
    public int PacketSize => settings.InitialPacketSize;

    /// <summary>When <see cref="Timeout"/> is to be called, in microseconds; <see cref="long.MaxValue"/> for never.</summary>
    public long NextTimeout { get; } = long.MaxValue;

    /// <summary>Bytes taken that have not been written to any packet yet.</summary>
    public long BufferedAmount { get; }

    /// <summary>The same of one stream.</summary>
    public long BufferedAmountOf(ushort stream) => throw new NotSupportedException();

    /// <summary>Begins. Both ends may.</summary>
    /// <param name="remotePort">The peer's port.</param>
    /// <param name="now">The time.</param>
    public void Connect(ushort remotePort, long now) => throw new NotSupportedException();

    /// <summary>Takes a packet.</summary>
    public void Receive(ReadOnlySpan<byte> packet, long now) => throw new NotSupportedException();

    /// <summary>Writes the next packet to send.</summary>
    /// <param name="packet">At least <see cref="SctpSettings.MaxPacketSize"/> bytes.</param>
    /// <param name="now">The time.</param>
    /// <returns>Its size; 0 if there is nothing to send now.</returns>
    public int Write(Span<byte> packet, long now) => throw new NotSupportedException();

    /// <summary>Does what is due.</summary>
    public void Timeout(long now) => throw new NotSupportedException();

    /// <summary>Takes the next event.</summary>
    public bool TryReadEvent(out SctpEvent next) => throw new NotSupportedException();

    /// <summary>Copies a message, to be sent. It must not be empty.</summary>
    public SctpSendResult TrySend(ushort stream, uint ppid, ReadOnlySpan<byte> message, Reliability reliability, long now) => throw new NotSupportedException();

    /// <summary>Gives the memory of a message back; the window opens.</summary>
    public void Return(in ReceivedMessage message) => throw new NotSupportedException();

    /// <summary>Resets this end's stream after what was sent on it has been delivered (RFC 6525).</summary>
    public void ResetOutgoing(ushort stream, long now) => throw new NotSupportedException();

    /// <summary>Says that the path to the peer is another: its size and its speed are found out anew.</summary>
    public void PathChanged(long now) => throw new NotSupportedException();

    /// <summary>Ends after everything that was taken has been delivered.</summary>
    public void Shutdown(long now) => throw new NotSupportedException();

    /// <summary>Ends at once; one packet says so.</summary>
    public void Abort(long now) => throw new NotSupportedException();
}
