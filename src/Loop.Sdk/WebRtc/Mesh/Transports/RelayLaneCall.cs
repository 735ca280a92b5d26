using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Loop.Sdk.WebRtc;

/// <summary>One lane of a relay: a call to the server that carries sealed frames both ways, each waiting for the slower end.</summary>
internal sealed class RelayLaneCall(IPeerSignaling peers, OpenRelay open, RelaySeal seal)
{
    private readonly Channel<ReadOnlyMemory<byte>> _outgoing = Channel.CreateBounded<ReadOnlyMemory<byte>>(1);
    private readonly Lock _sending = new();
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the other end is there.</summary>
    public Task Met => _met.Task;

    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        while (await _outgoing.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
        {
            lock (_sending)
            {
                // What was sealed has its number, and must go.
                if (_outgoing.Reader.Count == 0 && _outgoing.Writer.TryWrite(seal.Seal(frame.Span)))
                {
                    return;
                }
            }
        }

        throw Over();
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            var isFirst = true;
            await foreach (var frame in peers.RelayAsync(open, _outgoing.Reader.ReadAllAsync(CancellationToken.None), cancellationToken).ConfigureAwait(false))
            {
                if (isFirst)
                {
                    isFirst = false;
                    _met.TrySetResult();
                    continue;
                }

                yield return await seal.OpenAsync(frame, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Close();
        }
    }

    public void Close()
    {
        _outgoing.Writer.TryComplete();
        if (_met.TrySetException(Over()))
        {
            // Nobody has to wait for it.
            _ = _met.Task.Exception;
        }
    }

    private static LoopException Over() => new(ErrorCodes.NoPath, "The relay is over.");
}
