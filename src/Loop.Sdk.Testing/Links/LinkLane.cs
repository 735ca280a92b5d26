using System.IO.Pipelines;
using System.Threading.Channels;

namespace Loop.Sdk.Testing;

/// <summary>One direction of a connection: bytes go in at one end and come out at the other, late, slowly, or never.</summary>
#pragma warning disable CA1001 // The source holds only registrations of waits, which end with the lane.
internal sealed class LinkLane
#pragma warning restore CA1001
{
    private readonly BreakableLink _link;
    private readonly TimeProvider _time;
    private readonly Action _cut;
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 256 * 1024, resumeWriterThreshold: 128 * 1024, useSynchronizationContext: false));
    private readonly Channel<(DateTimeOffset Due, byte[] Bytes)> _late = Channel.CreateBounded<(DateTimeOffset, byte[])>(256);
    private readonly CancellationTokenSource _broken = new();
    private long _left = long.MaxValue;
    private DateTimeOffset _free;
    private Task? _delivery;

    public LinkLane(BreakableLink link, TimeProvider time, Action cut)
    {
        _link = link;
        _time = time;
        _cut = cut;
    }

    public PipeReader Reader => _pipe.Reader;

    public void CutAfter(long bytes)
    {
        Volatile.Write(ref _left, bytes);
        if (bytes == 0)
        {
            _cut();
        }
    }

    public void Break()
    {
        _broken.Cancel();
        _pipe.Writer.CancelPendingFlush();
        _pipe.Reader.CancelPendingRead();
    }

    public bool IsBroken => _broken.IsCancellationRequested;

    /// <summary>The reading end is gone: the writing end must not wait for it. Over a frozen link it does not learn of it.</summary>
    public void Abandon()
    {
        if (!_link.IsFrozen)
        {
            Break();
        }
    }

    /// <summary>The writing end is done. Over a frozen link the other end does not learn of it.</summary>
    public void Complete()
    {
        if (_link.IsFrozen)
        {
            return;
        }

        _late.Writer.TryComplete();
        if (_delivery is null)
        {
            _pipe.Writer.Complete();
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        if (_link.IsFrozen)
        {
            return;
        }

        var passing = (int)Math.Min(bytes.Length, Volatile.Read(ref _left));
        if (_left != long.MaxValue)
        {
            Volatile.Write(ref _left, _left - passing);
        }

        await PassAsync(bytes[..passing], cancellationToken).ConfigureAwait(false);
        if (Volatile.Read(ref _left) == 0)
        {
            _cut();
            ThrowIfBroken();
        }
    }

    public void ThrowIfBroken()
    {
        if (IsBroken)
        {
            throw new IOException("The link was cut.");
        }
    }

    private async ValueTask PassAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_delivery is null && _link.Delay == TimeSpan.Zero && _link.BytesPerSecond is null)
        {
            await _pipe.Writer.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            return;
        }

        // Once something is late, all that follows queues behind it.
        _delivery ??= DeliverAsync();
        var now = _time.GetUtcNow();
        var start = _free > now ? _free : now;
        _free = _link.BytesPerSecond is { } rate ? start + TimeSpan.FromSeconds((double)bytes.Length / rate) : start;
        await _late.Writer.WriteAsync((_free + _link.Delay, bytes.ToArray()), cancellationToken).ConfigureAwait(false);
    }

    private async Task DeliverAsync()
    {
        try
        {
            await foreach (var (due, bytes) in _late.Reader.ReadAllAsync(_broken.Token).ConfigureAwait(false))
            {
                var wait = due - _time.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _time, _broken.Token).ConfigureAwait(false);
                }

                await _pipe.Writer.WriteAsync(bytes, _broken.Token).ConfigureAwait(false);
            }

            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The link was cut: what was on its way is lost.
        }
    }
}
