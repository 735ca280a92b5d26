namespace Loop.Sdk.WebRtc;

/// <summary>What one end of a pair tells the other. The server sees none of it.</summary>
internal sealed record PairSignal
{
    public required PairSignalKind Kind { get; init; }

    /// <summary>The sender's mesh: stays the same while it runs, whatever becomes of sessions.</summary>
    public string Instance { get; init; } = "";

    /// <summary>The sender's attempt to connect.</summary>
    public string Attempt { get; init; } = "";

    /// <summary>The receiver's attempt, as far as the sender knows it.</summary>
    public string? Ack { get; init; }

    /// <summary>In a reply to somebody who came back under another id: the attempt of theirs whose connection the sender still has.</summary>
    public string? Has { get; init; }

    /// <summary>The description, of offers and answers.</summary>
    public string? Sdp { get; init; }

    /// <summary>The candidate; an empty one ends them.</summary>
    public IceCandidate? Candidate { get; init; }

    /// <summary>The link, of relays.</summary>
    public string? Link { get; init; }

    public override string ToString() => $"{Kind}";
}
