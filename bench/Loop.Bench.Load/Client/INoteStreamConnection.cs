namespace Loop.Bench.Load.Client;

/// <summary>A session that can receive a stream of notes.</summary>
internal interface INoteStreamConnection : IClientConnection
{
    /// <summary>Reads a stream that the server ends after the given time. Returns the number of notes.</summary>
    Task<long> ReadNotesAsync(TimeSpan duration);
}
