namespace Loop.Sdk.WebRtc;

/// <summary>Who takes the messages of one channel. Must not take long: the peer waits.</summary>
internal interface IMeshInbox
{
    /// <param name="link">Whose message it is.</param>
    /// <param name="payload">The message.</param>
    void Receive(PeerLink link, ReadOnlySpan<byte> payload);

    /// <summary>The mesh is over.</summary>
    void Complete(LoopException? error);
}
