namespace Loop.Bench.Load.Client;

/// <summary>A session that can receive a stream of raw 100-byte payloads.</summary>
internal interface IByteStreamConnection : IClientConnection
{
    /// <summary>Reads a stream that the server ends after the given time. Returns the number of payloads.</summary>
    Task<long> ReadBytesAsync(TimeSpan duration);
}
