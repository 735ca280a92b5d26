namespace Loop.Sdk.WebRtc;

/// <summary>
/// A connection to a peer that carries data channels, with the steps of the W3C's <c>RTCPeerConnection</c>. Safe for concurrent use: descriptions are taken one after the other.
/// Disposing of it closes it at both ends.
/// </summary>
public interface IPeerConnection : IAsyncDisposable
{
    /// <summary>Where the exchange of descriptions stands.</summary>
    SignalingState SignalingState { get; }

    /// <summary>Where the connection stands.</summary>
    PeerConnectionState State { get; }

    /// <summary>This end's description: the pending one, else the current one; with all candidates found so far.</summary>
    SessionDescription? LocalDescription { get; }

    /// <summary>The peer's description: the pending one, else the current one.</summary>
    SessionDescription? RemoteDescription { get; }

    /// <summary>The largest message that the peer takes, in bytes; 65 536 until it has said so, <see cref="long.MaxValue"/> if it takes any.</summary>
    long MaxMessageSize { get; }

    /// <summary>Makes and sets this end's description: an answer if the peer has offered, an offer otherwise. Candidates are looked for from then on.</summary>
    /// <param name="cancellationToken">Gives up before the description is set.</param>
    /// <returns>What to send to the peer. Its candidates may follow: see <see cref="SignalsAsync"/>.</returns>
    /// <exception cref="LoopException"><c>closed</c>.</exception>
    Task<SessionDescription> SetLocalDescriptionAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes this end's pending offer back. Nothing happens if there is none.</summary>
    /// <param name="cancellationToken">Gives up before it is taken back.</param>
    /// <exception cref="LoopException"><c>closed</c>.</exception>
    Task RollbackAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes the peer's description. An offer takes this end's pending offer back (RFC 8829, section 4.1.10.2).</summary>
    /// <param name="description">What the peer sent.</param>
    /// <param name="cancellationToken">Gives up before it is taken.</param>
    /// <exception cref="LoopException">
    /// <c>invalid_description</c>: it is no description, or one that cannot be connected to; <c>invalid_state</c>: an answer without an offer; <c>closed</c>. The connection stays as it was.
    /// </exception>
    Task SetRemoteDescriptionAsync(SessionDescription description, CancellationToken cancellationToken = default);

    /// <summary>Takes a candidate of the peer. One for an earlier description is passed over.</summary>
    /// <param name="candidate">The candidate; an empty one ends them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>invalid_candidate</c>; <c>invalid_state</c>: there is no description of the peer yet; <c>closed</c>.</exception>
    Task AddIceCandidateAsync(IceCandidate candidate, CancellationToken cancellationToken = default);

    /// <summary>Asks for new paths: the next offer has new credentials, and <see cref="SignalsAsync"/> says that negotiation is needed.</summary>
    void RestartIce();

    /// <summary>Replaces the servers that the next gathering of candidates asks, for instance before their credentials expire.</summary>
    /// <param name="servers">The servers.</param>
    void SetIceServers(IReadOnlyList<IceServer> servers);

    /// <summary>Makes a channel, at once, connected or not.</summary>
    /// <param name="label">What the peer sees as its name; at most 65 535 bytes as UTF-8.</param>
    /// <param name="options">How, or null for ordered and reliable.</param>
    /// <exception cref="LoopException"><c>closed</c>; <c>channel_conflict</c>: the negotiated id is in use; <c>resource_exhausted</c>: no id is left.</exception>
    /// <exception cref="ArgumentException">The label or the options are out of range.</exception>
    IDataChannel CreateDataChannel(string label, DataChannelOptions? options = null);

    /// <summary>The channels that the peer opens, each to the one reader that gets it. Those that nobody reads wait; their number is bounded by the engine.</summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    IAsyncEnumerable<IDataChannel> IncomingChannelsAsync(CancellationToken cancellationToken = default);

    /// <summary>What this end wants the peer to be told, or negotiated. For one reader; nothing is lost before it comes. The sequence ends when the connection is closed.</summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    IAsyncEnumerable<PeerSignal> SignalsAsync(CancellationToken cancellationToken = default);

    /// <summary>The states, beginning with the present one. A slow reader misses states that have passed. The sequence ends after <see cref="PeerConnectionState.Closed"/>.</summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    IAsyncEnumerable<PeerConnectionState> StateChangesAsync(CancellationToken cancellationToken = default);
}
