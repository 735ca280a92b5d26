using System.Buffers;
using System.IO.Pipelines;

namespace Loop.Sdk.Server.Tests.Harness;

/// <summary>One end of a connection in memory. Like a socket, and unlike a pipe's own streams, it ends a read that is under way when it is disposed of.</summary>
internal sealed class DuplexStream(PipeReader input, PipeWriter output) : Stream
{
    private volatile bool _disposed;

    /// <summary>Whether what is written arrives and its writer is told that it did not, as when a connection breaks just after.</summary>
    public bool FailsAfterWriting { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_disposed)
        {
            throw new IOException("The connection was cut.");
        }

        var result = await input.ReadAsync(cancellationToken);
        if (_disposed)
        {
            throw new IOException("The connection was cut.");
        }

        var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        var taken = result.Buffer.Slice(0, count);
        taken.CopyTo(buffer.Span);
        input.AdvanceTo(taken.End, count == 0 && buffer.Length > 0 ? result.Buffer.End : taken.End);
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_disposed || (await output.WriteAsync(buffer, cancellationToken)).IsCompleted || FailsAfterWriting)
        {
            throw new IOException("The connection was cut.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        input.CancelPendingRead();
        output.CancelPendingFlush();
        output.Complete();
        base.Dispose(disposing);
    }
}
