namespace Loop.Sdk.WebRtc.Conformance;

/// <summary>Takes one piece, and no other until it is given up: so a transfer stands where a test wants it.</summary>
internal sealed class BlockedStream : Stream
{
    private bool _hasTaken;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_hasTaken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        _hasTaken = true;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
