using System.IO.Pipelines;

namespace Loop.Sdk.Tests.Harness;

/// <summary>One end of a connection in memory.</summary>
internal sealed class PipeStream(Pipe incoming, Pipe outgoing) : Stream
{
    private readonly Stream _reading = incoming.Reader.AsStream();
    private readonly Stream _writing = outgoing.Writer.AsStream();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reading.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _writing.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => _writing.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // The other end reads to the end of what was sent; a pending read of this end is woken up.
        outgoing.Writer.Complete();
        incoming.Writer.Complete(new IOException("The socket was disposed of."));
        base.Dispose(disposing);
    }
}
