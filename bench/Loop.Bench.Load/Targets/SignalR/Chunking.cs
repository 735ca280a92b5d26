namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>Cuts a large payload for a stream.</summary>
internal static class Chunking
{
    private const int ChunkSize = 32 * 1024;

    public static IEnumerable<byte[]> Split(ReadOnlyMemory<byte> payload)
    {
        for (var offset = 0; offset < payload.Length; offset += ChunkSize)
        {
            yield return payload[offset..Math.Min(offset + ChunkSize, payload.Length)].ToArray();
        }
    }
}
