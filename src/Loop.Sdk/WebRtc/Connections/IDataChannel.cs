namespace Loop.Sdk.WebRtc;

/// <summary>A data channel. Safe for concurrent use; messages have one reader. Disposing of it closes it, and waits two seconds at most for the peer.</summary>
public interface IDataChannel : IAsyncDisposable
{
    /// <summary>The name it was made with.</summary>
    string Label { get; }

    /// <summary>The application's protocol that it was made with, or empty.</summary>
    string Protocol { get; }

    /// <summary>The SCTP stream, 0 to 65 534; null while the channel has none.</summary>
    int? Id { get; }

    /// <summary>Whether messages arrive in the order in which they were sent.</summary>
    bool IsOrdered { get; }

    /// <summary>How often a message is sent again; null if there is no such limit.</summary>
    int? MaxRetransmits { get; }

    /// <summary>How long a message is sent again; null if there is no such limit. Whole milliseconds.</summary>
    TimeSpan? MaxPacketLifetime { get; }

    /// <summary>Where the channel stands.</summary>
    DataChannelState State { get; }

    /// <summary>Bytes given to <see cref="SendAsync"/> that have not been given to the network yet.</summary>
    long BufferedAmount { get; }

    /// <summary>Waits until messages can pass.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="LoopException"><c>closed</c>: the channel or its connection was closed; <c>wrong_fingerprint</c>: the peer is another than its description says.</exception>
    Task WaitForOpenAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends a message. The payload may be used again when the task completes. While more is buffered than the connection's <see cref="PeerConnectionOptions.SendBuffer"/> it waits, in
    /// turn with others who do; so a peer that takes nothing costs no more than that. Before the channel is open it waits for that.
    /// </summary>
    /// <param name="message">The message; it may be empty.</param>
    /// <param name="kind">Whether the peer gets it as text. Text is to be UTF-8, which is not checked.</param>
    /// <param name="cancellationToken">Gives up waiting. Whatever was taken is sent.</param>
    /// <exception cref="LoopException"><c>closed</c>; <c>wrong_fingerprint</c>; <c>message_too_large</c>: the peer takes no such message, see <see cref="IPeerConnection.MaxMessageSize"/>.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, DataMessageKind kind = DataMessageKind.Binary, CancellationToken cancellationToken = default);

    /// <summary>
    /// The messages, for one reader. Each is valid until the next is asked for. Messages that wait for the reader count against the receive window: a reader that stops, stops the peer.
    /// The sequence ends when the channel is closed and everything has been read.
    /// </summary>
    /// <param name="cancellationToken">Ends the sequence; another may go on with the next message.</param>
    /// <exception cref="InvalidOperationException">There is a reader already.</exception>
    IAsyncEnumerable<DataMessage> MessagesAsync(CancellationToken cancellationToken = default);

    /// <summary>Closes the channel at both ends, after what was sent has been delivered. Closing it again does nothing.</summary>
    /// <param name="cancellationToken">Gives up waiting for the peer; the channel is closed all the same.</param>
    Task CloseAsync(CancellationToken cancellationToken = default);
}
