using Loop.Sdk.Contracts;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc;

/// <summary>
/// What peers in a room need of the server to find each other, on the wire: <c>loop.webrtc/1</c>. For those who joined the room on their session. Besides the codes named at a method,
/// each fails with <c>invalid_request</c> for a value that is missing, malformed or out of range, with <c>not_participant</c>: the caller is not in the room; and with <c>kicked</c>. Whom a
/// call names has to be in the room, and be somebody else: <c>peer_not_found</c>. Bodies are sealed: the server cannot read them.
/// </summary>
[Contract("loop.webrtc/1", typeof(WebRtcJson))]
public partial interface IPeerSignaling
{
    /// <summary>
    /// Gives a participant a signal. Signals of one sender to one receiver keep their order. They wait until the receiver takes them; if too much waits, the receiver is told that some of this
    /// sender's are lost. For those who joined with an announcement.
    /// </summary>
    /// <param name="signal">The signal.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>content_too_large</c>; <c>member_taken</c>: the caller joined without an announcement; <c>rate_limited</c>.</exception>
    [ContractMethod(1)]
    Task SendAsync(AddressedSignal signal, CancellationToken cancellationToken = default);

    /// <summary>
    /// The signals for the caller's participation: first one of kind <see cref="SignalDelivery.Begin"/>, then those that waited, then those that come. Calling again ends the call before; what
    /// was on its way to that one is lost.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoopException">While enumerating: <c>participation_expired</c>, <c>room_gone</c>.</exception>
    [ContractMethod(2)]
    IAsyncEnumerable<DeliveredSignal> ReceiveAsync(RoomRef room, CancellationToken cancellationToken = default);

    /// <summary>The servers that help peers of this room to find paths, with credentials that are made for the caller and last for a while.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(3)]
    Task<IceServerList> IceServersAsync(RoomRef room, CancellationToken cancellationToken = default);

    /// <summary>
    /// Passes frames between two participants who both call this with the same link, each naming the other. The first item is empty: the other is there. Then come the other's frames, in
    /// order. Whoever does not read holds up the other one, and nobody else. It ends when either does.
    /// </summary>
    /// <param name="relay">With whom.</param>
    /// <param name="frames">The caller's frames, each 1 to <see cref="OpenRelay.MaxFrame"/> bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoopException">
    /// While enumerating: <c>no_path</c>: the other did not come in time, or the host relays nothing; <c>content_too_large</c>; <c>resource_exhausted</c>: the session has as many relays as
    /// it may have; <c>room_conflict</c>: there is one with the same link.
    /// </exception>
    [ContractMethod(4)]
    IAsyncEnumerable<ReadOnlyMemory<byte>> RelayAsync(OpenRelay relay, IAsyncEnumerable<ReadOnlyMemory<byte>> frames, CancellationToken cancellationToken = default);
}
