namespace Loop.Sdk.WebRtc;

/// <summary>Who takes the signals of a room's peers, one after the other.</summary>
internal interface ISignalSink
{
    /// <summary>A signal whose author is certain.</summary>
    /// <param name="from">The sender's participation.</param>
    /// <param name="author">The sender's member id.</param>
    /// <param name="signal">What was signalled.</param>
    void Receive(string from, string author, PairSignal signal);

    /// <summary>Signals are lost: of one participation, or, if null, of any.</summary>
    void Lost(string? from);

    /// <summary>Something came that nobody of the room signalled so: it was changed, repeated, held back, or given to the wrong one.</summary>
    void Refused(string from, string code);
}
