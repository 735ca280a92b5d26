namespace Loop.Sdk.WebRtc;

/// <summary>What two ends of a transfer tell each other.</summary>
internal sealed record FileSignal
{
    public required FileSignalKind Kind { get; init; }

    /// <summary>The transfer: a number of the sender's.</summary>
    public required long Id { get; init; }

    public string? Name { get; init; }

    public string? Type { get; init; }

    /// <summary>The file's size, of offers.</summary>
    public long Size { get; init; }

    /// <summary>How many bytes the receiver has taken in, of progress.</summary>
    public long Offset { get; init; }

    /// <summary>The SHA-256 of all of it, at the end.</summary>
    public ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>Why it is over, of what ended early.</summary>
    public string? Code { get; init; }

    public override string ToString() => $"{Kind}";
}
