namespace Loop.Sdk.WebRtc;

/// <summary>Something for a participant. Sender, author and version are what its envelope is bound to.</summary>
public sealed record DeliveredSignal
{
    /// <summary>What it is.</summary>
    public required SignalDelivery Kind { get; init; }

    /// <summary>The participation's id that it is from; null at the beginning.</summary>
    public string? From { get; init; }

    /// <summary>The sender's member id; of signals only.</summary>
    public string? Author { get; init; }

    /// <summary>The version under which it was sealed; of signals only.</summary>
    public long Version { get; init; }

    /// <summary>The envelope; of signals only.</summary>
    public ReadOnlyMemory<byte> Envelope { get; init; }
}
