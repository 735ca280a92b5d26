using System.Buffers;
using System.IO.Pipelines;

namespace Loop.Sdk.Testing;

/// <summary>One direction of a connection: bytes go in at one end and come out at the other, late, slowly, or never.</summary>
#pragma warning disable CA1001 // The source holds only registrations of waits, which end with the lane.
internal sealed class LinkLane(LinkConnection connection, BreakableLink link, TimeProvider time)
#pragma warning restore CA1001
{
    private const int Capacity = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: Capacity, resumeWriterThreshold: Capacity / 2, useSynchronizationContext: false));
    private readonly CancellationTokenSource _broken = new();
    private LateBytes? _late;
    private long _left = long.MaxValue;
    private bool _endsBroken;
    private volatile bool _muted;
    private volatile bool _readerClosed;
    private volatile bool _writerClosed;

    private bool IsBroken => _broken.IsCancellationRequested;

    /// <summary>Takes what has arrived; an empty buffer asks only whether something has.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_readerClosed, typeof(LinkStream));
            ThrowIf(IsBroken || _muted);
            var result = await _pipe.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var arrived = !result.Buffer.IsEmpty;
            var part = result.Buffer.Slice(0, Math.Min(buffer.Length, result.Buffer.Length));
            var length = (int)part.Length;
            BuffersExtensions.CopyTo(part, buffer.Span);

            // From here on the pipe may use the buffer again.
            _pipe.Reader.AdvanceTo(part.End);
            if (arrived)
            {
                return length;
            }

            if (result.IsCompleted)
            {
                if (Volatile.Read(ref _endsBroken))
                {
                    connection.Cut();
                    throw Cut();
                }

                return 0;
            }
        }
    }

    /// <summary>Sends bytes on their way, and waits while too many are.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var passing = Admit(bytes.Length, out var last);
        if (passing > 0)
        {
            await PassAsync(bytes[..passing], cancellationToken).ConfigureAwait(false);
        }

        if (last)
        {
            connection.CutBehind(this);
        }

        ThrowIf(IsBroken || (_readerClosed && !connection.Loses()));
    }

    public void CutAfter(long bytes)
    {
        lock (_lock)
        {
            _left = bytes;
        }

        if (bytes == 0)
        {
            connection.CutBehind(this);
        }
    }

    /// <summary>Both ends fail at once, and what is on its way is lost.</summary>
    public void Break()
    {
        _broken.Cancel();
        Wake();
    }

    /// <summary>The reading end fails at once. What the writing end sends vanishes.</summary>
    public void Mute()
    {
        _muted = true;
        Wake();
    }

    /// <summary>Nothing follows what is on its way.</summary>
    /// <param name="broken">Whether the reading end then learns of a broken connection, instead of its end.</param>
    public void Finish(bool broken)
    {
        lock (_lock)
        {
            _left = 0;
            _endsBroken |= broken;
            if (_late is null)
            {
                _pipe.Writer.Complete();
            }
        }

        _late?.Complete();
    }

    /// <summary>The writing end is gone.</summary>
    public void CloseWriter()
    {
        _writerClosed = true;
        _pipe.Writer.CancelPendingFlush();
        if (!connection.Loses())
        {
            Finish(broken: false);
        }
    }

    /// <summary>The reading end is gone.</summary>
    public void CloseReader()
    {
        _readerClosed = true;
        _pipe.Reader.CancelPendingRead();
        if (!connection.Loses())
        {
            Break();
        }
    }

    private static IOException Cut() => new("The link was cut.");

    private static void ThrowIf(bool broken)
    {
        if (broken)
        {
            throw Cut();
        }
    }

    private int Admit(int count, out bool last)
    {
        lock (_lock)
        {
            last = false;
            ObjectDisposedException.ThrowIf(_writerClosed, typeof(LinkStream));
            ThrowIf(IsBroken || _left == 0);
            if (_muted || connection.Loses())
            {
                return 0;
            }

            var passing = (int)Math.Min(count, _left);
            if (_left != long.MaxValue)
            {
                _left -= passing;
                last = _left == 0;
            }

            return passing;
        }
    }

    private async ValueTask PassAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (link.IsSlow && !_endsBroken)
            {
                // Once something is late, all that follows queues behind it.
                _late ??= new LateBytes(connection, link, time, _pipe.Writer, _broken.Token);
            }
        }

        if (_late is { } late)
        {
            await late.AddAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _pipe.Writer.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Wake()
    {
        _pipe.Writer.CancelPendingFlush();
        _pipe.Reader.CancelPendingRead();
    }
}
