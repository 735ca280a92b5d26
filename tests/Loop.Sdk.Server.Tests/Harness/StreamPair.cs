using System.IO.Pipelines;

namespace Loop.Sdk.Server.Tests.Harness;

/// <summary>A connection in memory: what is written to one end is read from the other.</summary>
internal static class StreamPair
{
    public static (Stream Client, Stream Server) Create(bool failWrites = false)
    {
        var up = new Pipe();
        var down = new Pipe();
        return (new DuplexStream(down.Reader, up.Writer), new DuplexStream(up.Reader, down.Writer) { FailsAfterWriting = failWrites });
    }
}
