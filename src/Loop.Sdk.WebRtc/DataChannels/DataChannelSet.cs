using Loop.Sdk.WebRtc.Sctp;

namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>
/// The data channels of a connection (RFC 8831, RFC 8832) over an association of its own, without sockets, threads or clocks. All calls are made one at a time, under the owner's lock, with
/// the time in microseconds of a clock that does not go back. After any call: <see cref="Write"/> until it gives 0 (each packet is one DTLS record), <see cref="TryReadEvent"/> until there is
/// none, and <see cref="Timeout"/> at <see cref="NextTimeout"/>. No input from the peer makes a call throw.
/// </summary>
internal sealed class DataChannelSet(SctpSettings settings)
{
    /// <summary>The association underneath.</summary>
    public SctpAssociation Association { get; } = new(settings);

    /// <summary>The largest message that the peer takes, in bytes.</summary>
    public long MaxMessageSize { get; } = 65_536;

    /// <summary>When <see cref="Timeout"/> is to be called, in microseconds; <see cref="long.MaxValue"/> for never.</summary>
    public long NextTimeout => Association.NextTimeout;

    /// <summary>Makes a channel, before or after <see cref="Start"/>.</summary>
    /// <exception cref="LoopException"><c>closed</c>; <c>channel_conflict</c>: the negotiated id is in use; <c>resource_exhausted</c>: no id is left.</exception>
    /// <exception cref="ArgumentException">The label or the options are out of range.</exception>
    public DataChannel Open(string label, DataChannelOptions options, long now) => throw new NotSupportedException();

    /// <summary>Begins, once DTLS is connected.</summary>
    /// <param name="isDtlsClient">Whether this end is DTLS's client: its ids are even then.</param>
    /// <param name="remotePort">The peer's SCTP port.</param>
    /// <param name="maxMessageSize">The largest message that the peer takes, in bytes; <see cref="long.MaxValue"/> for any.</param>
    /// <param name="now">The time.</param>
    public void Start(bool isDtlsClient, ushort remotePort, long maxMessageSize, long now) => throw new NotSupportedException();

    /// <summary>Takes a packet; before <see cref="Start"/> it is passed over.</summary>
    public void Receive(ReadOnlySpan<byte> packet, long now) => throw new NotSupportedException();

    /// <summary>Writes the next packet to send.</summary>
    /// <param name="packet">At least <see cref="SctpSettings.MaxPacketSize"/> bytes.</param>
    /// <param name="now">The time.</param>
    /// <returns>Its size; 0 if there is nothing to send now.</returns>
    public int Write(Span<byte> packet, long now) => throw new NotSupportedException();

    /// <summary>Does what is due.</summary>
    public void Timeout(long now) => throw new NotSupportedException();

    /// <summary>Takes the next event.</summary>
    public bool TryReadEvent(out DataChannelEvent next) => throw new NotSupportedException();

    /// <summary>Copies a message, to be sent.</summary>
    public DataChannelSendResult TrySend(DataChannel channel, ReadOnlySpan<byte> message, DataMessageKind kind, long now) => throw new NotSupportedException();

    /// <summary>Bytes taken for a channel that have not been written to any packet yet.</summary>
    public long BufferedAmountOf(DataChannel channel) => throw new NotSupportedException();

    /// <summary>Gives the memory of a message back; the window opens.</summary>
    public void Return(in ReceivedMessage message) => throw new NotSupportedException();

    /// <summary>Closes a channel at both ends, after what was sent has been delivered. <see cref="DataChannelEventKind.Closed"/> follows.</summary>
    public void Close(DataChannel channel, long now) => throw new NotSupportedException();

    /// <summary>Says that the path to the peer is another.</summary>
    public void PathChanged(long now) => throw new NotSupportedException();

    /// <summary>Closes everything at once; one packet says so.</summary>
    public void Abort(long now) => throw new NotSupportedException();
}
