namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>How a SignalR client differs from the plain one.</summary>
internal sealed record SignalROptions
{
    /// <summary>Resumes a connection whose socket broke.</summary>
    public bool IsStateful { get; init; }

    /// <summary>Moves large payloads as streams of chunks instead of one message.</summary>
    public bool IsChunked { get; init; }
}
