using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Loop.Sdk.WebRtc;

/// <summary>What comes from peers, for any number of readers. What comes while there is none waits for the next; one that is too slow learns so.</summary>
internal sealed class MessageHub<T>
{
    private const int Early = 256;
    private const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly List<Channel<T>> _readers = [];
    private readonly Queue<T> _early = new();
    private LoopException? _error;
    private bool _isOver;

    /// <summary>Gives an item to the readers.</summary>
    public void Publish(T item)
    {
        lock (_lock)
        {
            if (_readers.Count == 0)
            {
                Keep(item);
                return;
            }

            for (var index = _readers.Count - 1; index >= 0; index--)
            {
                if (!_readers[index].Writer.TryWrite(item))
                {
                    _readers[index].Writer.TryComplete(new LoopException(ErrorCodes.SlowConsumer, $"More than {Capacity} messages waited to be read."));
                    _readers.RemoveAt(index);
                }
            }
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete(LoopException? error)
    {
        lock (_lock)
        {
            _isOver = true;
            _error = error;
            _readers.ForEach(reader => reader.Writer.TryComplete(error));
            _readers.Clear();
        }
    }

    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = Channel.CreateBounded<T>(Capacity);
        lock (_lock)
        {
            while (_early.TryDequeue(out var item))
            {
                reader.Writer.TryWrite(item);
            }

            if (_isOver)
            {
                reader.Writer.TryComplete(_error);
            }
            else
            {
                _readers.Add(reader);
            }
        }

        try
        {
            await foreach (var item in reader.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            lock (_lock)
            {
                // What the last one leaves is for the next.
                if (_readers.Remove(reader) && _readers.Count == 0)
                {
                    while (reader.Reader.TryRead(out var left))
                    {
                        Keep(left);
                    }
                }
            }
        }
    }

    private void Keep(T item)
    {
        if (_early.Count == Early)
        {
            _early.Dequeue();
        }

        _early.Enqueue(item);
    }
}
