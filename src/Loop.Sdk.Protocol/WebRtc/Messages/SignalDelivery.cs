namespace Loop.Sdk.WebRtc;

/// <summary>What the stream of signals tells.</summary>
public enum SignalDelivery
{
    /// <summary>From here on nothing is left out without a word.</summary>
    Begin,

    /// <summary>A signal.</summary>
    Signal,

    /// <summary>Signals of <see cref="DeliveredSignal.From"/> are lost, since too much waited.</summary>
    Lost,
}
