using System.Runtime.CompilerServices;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>The signals that wait for one participation. Bounded: when too much waits, all of it is dropped, and the reader is told whose.</summary>
internal sealed class PeerMailbox(int maxCount, int maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<DeliveredSignal> _waiting = new();
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);
    private TaskCompletionSource? _news;
    private long _bytes;
    private int _reader;

    /// <summary>Leaves a signal.</summary>
    /// <returns>How many were dropped, this one included.</returns>
    public int Post(DeliveredSignal signal)
    {
        lock (_lock)
        {
            if (_waiting.Count < maxCount && _bytes + signal.Envelope.Length <= maxBytes)
            {
                _waiting.Enqueue(signal);
                _bytes += signal.Envelope.Length;
                Tell();
                return 0;
            }

            var dropped = _waiting.Count + 1;
            _lost.Add(signal.From!);
            foreach (var waiting in _waiting)
            {
                _lost.Add(waiting.From!);
            }

            _waiting.Clear();
            _bytes = 0;
            Tell();
            return dropped;
        }
    }

    /// <summary>Everything that waits and comes. A later reader takes the place of this one.</summary>
    public async IAsyncEnumerable<DeliveredSignal> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int reader;
        lock (_lock)
        {
            reader = ++_reader;
            Tell();
        }

        yield return new DeliveredSignal { Kind = SignalDelivery.Begin };
        while (TryTake(reader, out var signal, out var news))
        {
            if (signal is not null)
            {
                yield return signal;
            }
            else
            {
                await news!.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // False: another reads.
    private bool TryTake(int reader, out DeliveredSignal? signal, out Task? news)
    {
        lock (_lock)
        {
            signal = null;
            news = null;
            if (reader != _reader)
            {
                return false;
            }

            if (_lost.Count > 0)
            {
                var from = _lost.First();
                _lost.Remove(from);
                signal = new DeliveredSignal { Kind = SignalDelivery.Lost, From = from };
            }
            else if (_waiting.TryDequeue(out signal))
            {
                _bytes -= signal.Envelope.Length;
            }
            else
            {
                _news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                news = _news.Task;
            }

            return true;
        }
    }

    private void Tell()
    {
        _news?.TrySetResult();
        _news = null;
    }
}
