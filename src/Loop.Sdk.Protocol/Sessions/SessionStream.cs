namespace Loop.Sdk.Sessions;

/// <summary>
/// One end of a stream. Derived classes receive; the state that the session keeps for them lives here, so that a stream is one object.
/// Callbacks come from the one thread that reads, or from whoever closes the session, never with the session's lock held.
/// </summary>
internal abstract class SessionStream
{
    /// <summary>The id on the wire, or 0 while the stream waits to be opened.</summary>
    public ulong Id { get; set; }

    /// <summary>The session, once the stream belongs to one.</summary>
    public Session? Session { get; set; }

    /// <summary>When the stream is to be ended for want of an answer, on the session's clock; 0 for never.</summary>
    public long DeadlineAt { get; set; }

    /// <summary>How many frames in a row a large message gets.</summary>
    public int Weight { get; set; } = 1;

    /// <summary>Whether the stream is over, for this end: both halves ended, or one end gave up.</summary>
    public bool IsClosed => State == StreamState.Closed;

    internal StreamState State { get; set; }

    internal bool LocalEnded { get; set; }

    /// <summary>Whether the end of this half is on its way or waits its turn: nothing may follow it.</summary>
    internal bool LocalEnding { get; set; }

    internal bool RemoteEnded { get; set; }

    /// <summary>Credit that may still be spent.</summary>
    internal int SendCredit { get; set; }

    /// <summary>Credit that the peer may still spend.</summary>
    internal int ReceiveCredit { get; set; }

    internal int ReceiveWindow { get; set; }

    /// <summary>When credit was last granted, on the session's clock.</summary>
    internal long GrantedAt { get; set; }

    /// <summary>Credit for what was consumed that is not yet granted again.</summary>
    internal int Consumed { get; set; }

    /// <summary>The cost of whole messages received but not yet consumed.</summary>
    internal int Unconsumed { get; set; }

    /// <summary>The part of <see cref="Unconsumed"/> that was granted again while its message was still arriving.</summary>
    internal int Prepaid { get; set; }

    /// <summary>Bytes of the arriving message that are not granted again before older messages are consumed.</summary>
    internal int Deferred { get; set; }

    /// <summary>The cost of what a producer which keeps no queue here wants to send: it is told when there is room for it. 0 for nothing.</summary>
    internal int Wanted { get; set; }

    internal MessageAssembly? Assembly { get; set; }

    /// <summary>Messages that wait, oldest first.</summary>
    internal OutboundQueue? Waiting { get; set; }

    internal int WaitingBytes { get; set; }

    /// <summary>Whether the stream stands in the queue of those that can send a part of a waiting message.</summary>
    internal bool Scheduled { get; set; }

    /// <summary>One whole message. <paramref name="owned"/> is an array of exactly the payload that the receiver may keep, or null if the payload is borrowed.</summary>
    internal abstract void OnMessage(ReadOnlySpan<byte> payload, byte[]? owned, bool end);

    /// <summary>The peer's half ended without a further message.</summary>
    internal abstract void OnEnd();

    /// <summary>The stream is over: the peer sent an error or cancelled, or the session was closed. Called at most once, and not after this end closed it.</summary>
    internal abstract void OnFailed(LoopException error);

    /// <summary>Everything that waited is on its way, or there is room for what was refused: a producer may go on. Returns who is to go on, if somebody waits.</summary>
    internal virtual IThreadPoolWorkItem? OnSendable() => null;

    /// <summary>Nothing more is at hand: a receiver that gathers messages gives them to its consumer. Returns who is to go on, if somebody waits.</summary>
    internal virtual IThreadPoolWorkItem? OnBatchEnd() => null;

    /// <summary>The deadline has passed.</summary>
    internal abstract void OnDeadline();
}
