using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Loop.Sdk.WebRtc;

/// <summary>A file on its way to a peer. Pieces are kept until the peer has taken them in, so that they can go again when a way was lost; no more than a window of them.</summary>
internal sealed class OutgoingFile(PeerLink link, long id, long size) : IFileEnd
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<LoopException?> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LoopException?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<(byte[] Buffer, int Length)> _kept = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IProgress<long>? _progress;
    private long _taken;
    private bool _rewinds;

    // Where the first piece that is kept begins, where the next is to be sent, and how far was read.
    private long _keptFrom;
    private long _next;
    private long _read;

    public PeerLink Link => link;

    public long Id => id;

    public async Task RunAsync(string name, string? type, Stream content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        _progress = progress;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            await FileTransfers.SendAsync(link, new FileSignal { Kind = FileSignalKind.Offer, Id = id, Name = name, Type = type, Size = size }, cancellationToken).ConfigureAwait(false);
            Check(await _accepted.Task.WaitAsync(cancellationToken).ConfigureAwait(false));
            while (!_done.Task.IsCompleted && Taken < size)
            {
                if (await StepAsync(content, hash, cancellationToken).ConfigureAwait(false) is { } news)
                {
                    await Task.WhenAny(news, _done.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            if (!_done.Task.IsCompleted)
            {
                await FileTransfers.SendAsync(link, new FileSignal { Kind = FileSignalKind.End, Id = id, Hash = hash.GetHashAndReset() }, cancellationToken).ConfigureAwait(false);
            }

            Check(await _done.Task.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not LoopException)
        {
            // The receiver need not wait for what will not come.
            FileTransfers.Cancel(link, id, exception is OperationCanceledException ? ErrorCodes.Cancelled : ErrorCodes.Internal);
            throw;
        }
        finally
        {
            Free(long.MaxValue);
        }
    }

    public bool Take(FileSignal signal)
    {
        switch (signal.Kind)
        {
            case FileSignalKind.Accept:
                return _accepted.TrySetResult(null);
            case FileSignalKind.Progress:
                lock (_lock)
                {
                    // Up to what was read: what goes again may have been taken in already.
                    if (signal.Offset < _taken || signal.Offset > _read)
                    {
                        return false;
                    }

                    _taken = signal.Offset;
                    Tell();
                }

                _progress?.Report(signal.Offset);
                return true;
            case FileSignalKind.Done:
                return _done.TrySetResult(null);
            case FileSignalKind.Cancel:
                Fail(FileTransfers.Ending(signal.Code));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Another way to the peer is used: what is not certain to have arrived goes again.</summary>
    public void WayChanged()
    {
        lock (_lock)
        {
            _rewinds = true;
            Tell();
        }
    }

    public void Fail(LoopException error)
    {
        _accepted.TrySetResult(error);
        _done.TrySetResult(error);
    }

    private long Taken
    {
        get
        {
            lock (_lock)
            {
                return _taken;
            }
        }
    }

    private static void Check(LoopException? error)
    {
        if (error is not null)
        {
            throw new LoopException(error.Code, error.Message, error);
        }
    }

    private void Tell()
    {
        _news.TrySetResult();
        _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    // Sends one piece. If there is none to send now, gives what to wait for.
    private async ValueTask<Task?> StepAsync(Stream content, IncrementalHash hash, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Free(_taken);
            if (_rewinds)
            {
                _rewinds = false;
                _next = _keptFrom;
            }

            _next = Math.Max(_next, _keptFrom);
            if (_next >= size || (_next == _read && _read - _taken >= FileTransfers.Window))
            {
                return _news.Task;
            }
        }

        var frame = _next < _read ? Kept(_next) : await ReadAsync(content, hash, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _next = Math.Max(_next, BinaryPrimitives.ReadInt64BigEndian(frame.Span[FileTransfers.OffsetAt..]) + frame.Length - FileTransfers.HeadLength);
        }

        await link.TrySendBulkAsync(frame, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private ReadOnlyMemory<byte> Kept(long offset)
    {
        var at = _keptFrom;
        foreach (var (buffer, length) in _kept)
        {
            if (at == offset)
            {
                return buffer.AsMemory(0, length);
            }

            at += length - FileTransfers.HeadLength;
        }

        throw new InvalidOperationException("A piece that is to be sent again was not kept.");
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Stream content, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Min(FileTransfers.Piece, size - _read);
        var buffer = ArrayPool<byte>.Shared.Rent(FileTransfers.HeadLength + wanted);
        var piece = buffer.AsMemory(FileTransfers.HeadLength, wanted);
        await content.ReadExactlyAsync(piece, cancellationToken).ConfigureAwait(false);
        hash.AppendData(piece.Span);
        BinaryPrimitives.WriteInt64BigEndian(buffer, id);
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(FileTransfers.OffsetAt), _read);
        _kept.Enqueue((buffer, FileTransfers.HeadLength + wanted));
        _read += wanted;
        return buffer.AsMemory(0, FileTransfers.HeadLength + wanted);
    }

    private void Free(long upTo)
    {
        while (_kept.TryPeek(out var first) && _keptFrom + first.Length - FileTransfers.HeadLength <= upTo)
        {
            _kept.Dequeue();
            _keptFrom += first.Length - FileTransfers.HeadLength;
            ArrayPool<byte>.Shared.Return(first.Buffer);
        }
    }
}
