using System.IO.Pipelines;
using System.Threading.Channels;

namespace Loop.Sdk.Testing;

/// <summary>What is on its way over a slow lane.</summary>
internal sealed class LateBytes
{
    private const int Capacity = 256;

    private readonly LinkConnection _connection;
    private readonly BreakableLink _link;
    private readonly TimeProvider _time;
    private readonly PipeWriter _destination;
    private readonly CancellationToken _broken;
    private readonly Channel<(Task Due, byte[] Bytes)> _queue = Channel.CreateBounded<(Task, byte[])>(Capacity);
    private DateTimeOffset _free;

    public LateBytes(LinkConnection connection, BreakableLink link, TimeProvider time, PipeWriter destination, CancellationToken broken)
    {
        _connection = connection;
        _link = link;
        _time = time;
        _destination = destination;
        _broken = broken;
        _ = DeliverAsync();
    }

    /// <summary>Adds bytes. One caller at a time.</summary>
    public async ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        _free = _free > now ? _free : now;
        if (_link.BytesPerSecond is { } rate)
        {
            _free += TimeSpan.FromSeconds((double)bytes.Length / rate);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_broken, cancellationToken);
        try
        {
            // Its time runs from here, not from where the other thread comes to it: whoever moves the clock after a write moves it for those bytes.
            await _queue.Writer.WriteAsync((Task.Delay(_free - now + _link.Delay, _time, _broken), bytes.ToArray()), either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ChannelClosedException || _broken.IsCancellationRequested)
        {
            throw new IOException("The link was cut.", exception);
        }
    }

    /// <summary>Nothing follows.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    private async Task DeliverAsync()
    {
        try
        {
            await foreach (var (due, bytes) in _queue.Reader.ReadAllAsync(_broken).ConfigureAwait(false))
            {
                await due.ConfigureAwait(false);
                if (!_connection.Loses())
                {
                    await _destination.WriteAsync(bytes, _broken).ConfigureAwait(false);
                }
            }

            if (!_connection.Loses())
            {
                await _destination.CompleteAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The link was cut: what was on its way is lost.
        }
    }
}
