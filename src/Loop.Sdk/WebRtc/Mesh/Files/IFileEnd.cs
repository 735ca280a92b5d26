namespace Loop.Sdk.WebRtc;

/// <summary>This client's end of a transfer.</summary>
internal interface IFileEnd
{
    PeerLink Link { get; }

    long Id { get; }

    /// <summary>Takes what the other end says.</summary>
    /// <returns>Whether it may say that now.</returns>
    bool Take(FileSignal signal);

    void Fail(LoopException error);
}
