using System.Threading.Tasks.Sources;
using Loop.Sdk.Contracts;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Calls;

/// <summary>
/// The items of one stream between the reader, which decodes them and hands them over a batch at a time, and the one consumer, which takes all that gathered at
/// once and then walks through them: neither takes a lock for a single item. What was taken is granted to the sender again.
/// As a work item it lets the consumer go on.
/// </summary>
internal class ItemBuffer<T>(SessionStream stream, PayloadCodec<T> codec) : IValueTaskSource<bool>, IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _arrival;
    private T[] _decoded = [];
    private int _decodedCount;
    private int _decodedCost;
    private T[] _arrived = [];
    private int _arrivedCount;
    private int _arrivedCost;
    private T[] _taken = [];
    private int _takenCount;
    private int _next;
    private bool _waiting;
    private bool _completed;
    private Exception? _error;

    protected PayloadCodec<T> Codec { get; } = codec;

    /// <summary>The item last taken.</summary>
    public T Current { get; private set; } = default!;

    /// <summary>Adds an item. Called by the reader.</summary>
    /// <exception cref="LoopException">The payload does not fit the type.</exception>
    public void Add(ReadOnlySpan<byte> payload, byte[]? owned)
    {
        var item = Decode(payload, owned);
        if (_decodedCount == _decoded.Length)
        {
            Array.Resize(ref _decoded, Math.Max(4, _decodedCount * 2));
        }

        _decoded[_decodedCount++] = item;
        _decodedCost += CreditCost.Of(payload.Length);
        if (_decodedCount == 1)
        {
            stream.Session!.NotifyAtBatchEnd(stream);
        }
    }

    /// <summary>Hands over what was added. If the consumer waits for it, the caller sees to it that this runs. Called by the reader.</summary>
    public IThreadPoolWorkItem? EndBatch()
    {
        lock (_lock)
        {
            HandOver();
            return StopWaiting() ? this : null;
        }
    }

    /// <summary>No more items come: the enumeration ends after those that were added. Called by the reader.</summary>
    public void End()
    {
        lock (_lock)
        {
            HandOver();
        }

        Complete();
    }

    /// <summary>No more items come: the enumeration ends after those at hand, with the error if there is one: of the call, or its cancellation by the consumer.</summary>
    public void Complete(Exception? error = null)
    {
        lock (_lock)
        {
            if (_completed)
            {
                return;
            }

            _completed = true;
            _error = error;
            if (!StopWaiting())
            {
                return;
            }
        }

        ReadyWork.Queue(this);
    }

    /// <summary>Moves to the next item. Only one call at a time.</summary>
    public ValueTask<bool> MoveNextAsync()
    {
        if (_next < _takenCount)
        {
            Advance();
            return new ValueTask<bool>(true);
        }

        if (TryTake())
        {
            return new ValueTask<bool>(true);
        }

        lock (_lock)
        {
            if (_arrivedCount == 0 && !_completed)
            {
                _arrival.Reset();
                _waiting = true;
                return new ValueTask<bool>(this, _arrival.Version);
            }
        }

        return TakeOrEndAsync();
    }

    void IThreadPoolWorkItem.Execute() => _arrival.SetResult(true);

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        _arrival.GetResult(token);
        return TakeOrEnd();
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _arrival.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _arrival.OnCompleted(continuation, state, token, flags);

    protected virtual T Decode(ReadOnlySpan<byte> payload, byte[]? owned) => Codec.Read(payload);

    /// <summary>The consumer goes from one item to the next, and is through with the former.</summary>
    protected virtual void OnAdvance(T item)
    {
    }

    private void HandOver()
    {
        if (_completed)
        {
            // Nobody wants them any more.
            _decoded = [];
            _decodedCount = 0;
            return;
        }

        if (_arrivedCount == 0)
        {
            (_arrived, _decoded) = (_decoded, _arrived);
        }
        else
        {
            if (_arrived.Length - _arrivedCount < _decodedCount)
            {
                Array.Resize(ref _arrived, Math.Max(_arrived.Length * 2, _arrivedCount + _decodedCount));
            }

            _decoded.AsSpan(0, _decodedCount).CopyTo(_arrived.AsSpan(_arrivedCount));
            _decoded.AsSpan(0, _decodedCount).Clear();
        }

        _arrivedCount += _decodedCount;
        _arrivedCost += _decodedCost;
        _decodedCount = _decodedCost = 0;
    }

    // True if the consumer waits for what there is now: whoever asks lets it go on.
    private bool StopWaiting()
    {
        var goesOn = _waiting && (_arrivedCount > 0 || _completed);
        _waiting &= !goesOn;
        return goesOn;
    }

    // An error is in what is awaited, like that of who came early and had to wait, and not thrown at who asks.
    private async ValueTask<bool> TakeOrEndAsync()
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        return TakeOrEnd();
    }

    private bool TakeOrEnd()
    {
        if (TryTake())
        {
            return true;
        }

        // Each caller gets an exception of its own: one that is thrown twice loses where it came from.
        return _error switch
        {
            null => false,
            LoopException error => throw new LoopException(error.Code, error.Message, error) { Retryable = error.Retryable, Details = error.Details },
            OperationCanceledException cancelled => throw new OperationCanceledException(cancelled.Message, cancelled, cancelled.CancellationToken),
            var other => throw new LoopException(ErrorCodes.Cancelled, "The call was cancelled.", other),
        };
    }

    private bool TryTake()
    {
        int cost;
        lock (_lock)
        {
            if (_arrivedCount == 0)
            {
                return false;
            }

            (_taken, _arrived) = (_arrived, _taken);
            _takenCount = _arrivedCount;
            _arrivedCount = 0;
            _next = 0;
            cost = _arrivedCost;
            _arrivedCost = 0;
        }

        Advance();
        stream.Session!.Consume(stream, cost);
        return true;
    }

    private void Advance()
    {
        var item = _taken[_next];
        _taken[_next++] = default!;
        OnAdvance(item);
        Current = item;
    }
}
