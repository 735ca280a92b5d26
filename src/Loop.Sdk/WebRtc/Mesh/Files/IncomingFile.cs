using System.Buffers;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace Loop.Sdk.WebRtc;

/// <summary>A file that a peer offers, or sends. Pieces wait to be written, no more than the window; those that are not the next are passed over, since they come again.</summary>
internal sealed class IncomingFile(FileTransfers files, PeerLink link, FileSignal offer) : IFileEnd
{
    private const long ProgressEvery = 128 * 1024;

    private readonly Lock _lock = new();
    private readonly Channel<(byte[] Buffer, int Length)> _pieces = Channel.CreateUnbounded<(byte[], int)>();
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _hash = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LoopException> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _received;
    private long _written;
    private bool _isAccepted;

    public PeerLink Link => link;

    public long Id => offer.Id;

    public long Size => offer.Size;

    /// <summary>Writes it, whole or not at all as far as the sender is told.</summary>
    public async Task RunAsync(Stream destination, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_isAccepted)
            {
                throw new InvalidOperationException("The file was accepted or declined already.");
            }

            _isAccepted = true;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            await FileTransfers.SendAsync(link, new FileSignal { Kind = FileSignalKind.Accept, Id = Id }, cancellationToken).ConfigureAwait(false);
            var writing = WriteAsync(destination, hash, progress, stop.Token);
            if (await Task.WhenAny(writing, _failed.Task).ConfigureAwait(false) == _failed.Task)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                var error = await _failed.Task.ConfigureAwait(false);
                throw new LoopException(error.Code, error.Message, error);
            }

            await writing.ConfigureAwait(false);
            await FileTransfers.SendAsync(link, new FileSignal { Kind = FileSignalKind.Done, Id = Id }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var code = exception is LoopException error ? error.Code : exception is OperationCanceledException ? ErrorCodes.Cancelled : ErrorCodes.Internal;
            if (!_failed.Task.IsCompleted)
            {
                FileTransfers.Cancel(link, Id, code);
            }

            throw;
        }
        finally
        {
            files.Remove(this);
            Drop();
        }
    }

    public void Decline()
    {
        lock (_lock)
        {
            if (_isAccepted)
            {
                throw new InvalidOperationException("The file was accepted or declined already.");
            }

            _isAccepted = true;
        }

        files.Remove(this);
        FileTransfers.Cancel(link, Id, ErrorCodes.FileDeclined);
    }

    /// <summary>Takes a piece, if it is the next.</summary>
    public void Receive(long offset, ReadOnlySpan<byte> piece)
    {
        lock (_lock)
        {
            if (!_isAccepted || offset != _received || _failed.Task.IsCompleted)
            {
                return;
            }

            if (piece.Length > Size - _received || _received + piece.Length - _written > FileTransfers.Window + FileTransfers.Piece)
            {
                Fail(new LoopException(ErrorCodes.ProtocolError, "The peer sent more than it may."));
                FileTransfers.Cancel(link, Id, ErrorCodes.ProtocolError);
                return;
            }

            _received += piece.Length;
            var buffer = ArrayPool<byte>.Shared.Rent(piece.Length);
            piece.CopyTo(buffer);
            _pieces.Writer.TryWrite((buffer, piece.Length));
        }
    }

    public bool Take(FileSignal signal)
    {
        switch (signal.Kind)
        {
            case FileSignalKind.End when signal.Hash.Length == SHA256.HashSizeInBytes:
                return _hash.TrySetResult(signal.Hash);
            case FileSignalKind.Cancel:
                Fail(FileTransfers.Ending(signal.Code));
                return true;
            default:
                return false;
        }
    }

    public void Fail(LoopException error) => _failed.TrySetResult(error);

    private async Task WriteAsync(Stream destination, IncrementalHash hash, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var told = 0L;
        while (_written < Size)
        {
            var (buffer, length) = await _pieces.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await destination.WriteAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                hash.AppendData(buffer, 0, length);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            lock (_lock)
            {
                _written += length;
            }

            progress?.Report(_written);
            if (_written - told >= ProgressEvery || _written == Size)
            {
                told = _written;
                await FileTransfers.SendAsync(link, new FileSignal { Kind = FileSignalKind.Progress, Id = Id, Offset = _written }, cancellationToken).ConfigureAwait(false);
            }
        }

        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        var wanted = await _hash.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!CryptographicOperations.FixedTimeEquals(wanted.Span, hash.GetHashAndReset()))
        {
            throw new LoopException(ErrorCodes.FileCorrupted, "What arrived is not what was sent.");
        }
    }

    private void Drop()
    {
        lock (_lock)
        {
            _isAccepted = true;
            _failed.TrySetResult(new LoopException(ErrorCodes.Closed, "The transfer is over."));
            while (_pieces.Reader.TryRead(out var piece))
            {
                ArrayPool<byte>.Shared.Return(piece.Buffer);
            }
        }
    }
}
