using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>
/// What every feed source is made of: the position, the history, and the subscribers. A subscriber that has everything is pushed to; any other is a
/// cursor into the history that reads on whenever its stream has room, so that the slow and the absent cost no queue and hold up nobody.
/// </summary>
/// <param name="options">How much history is kept.</param>
/// <param name="snapshot">Gives the state, which must not change afterwards. Called under the lock.</param>
/// <param name="apply">Changes the state, or throws and leaves it as it is. Called under the lock.</param>
internal sealed partial class FeedHub<TSnapshot, TChange>(FeedOptions options, Func<TSnapshot> snapshot, Action<TChange> apply)
{
    private readonly FeedHistory<TChange> _history = new(options.HistoryCount, options.HistoryBytes);
    private readonly List<FeedSubscriber<TSnapshot, TChange>> _live = [];
    private readonly Dictionary<PayloadCodec<TChange>, int> _codecs = [];
    private FeedPosition _position = options.Start ?? new FeedPosition(NewEpoch(), 0);
    private WeakReference<FeedImage<TSnapshot>>? _image;
    private TaskCompletionSource? _moved;
    private int _subscribers;
    private bool _applying;
    private bool _completed;
    private LoopException? _error;

    /// <summary>Guards the state and everything here. Taken before any session's lock, never after one.</summary>
    public Lock Lock { get; } = new();

    public FeedPosition Position
    {
        get
        {
            lock (Lock)
            {
                return _position;
            }
        }
    }

    public int SubscriberCount => Volatile.Read(ref _subscribers);

    /// <summary>Gives the state.</summary>
    public TSnapshot Snapshot
    {
        get
        {
            lock (Lock)
            {
                return Image().Snapshot;
            }
        }
    }

    /// <summary>Makes a change and sends it to everybody who has what came before it. If it cannot be serialised or applied, nothing has happened.</summary>
    public FeedPosition Publish(TChange change)
    {
        TaskCompletionSource? moved;
        FeedPosition position;
        lock (Lock)
        {
            if (_completed)
            {
                throw new InvalidOperationException("The feed is completed.");
            }

            if (_applying)
            {
                throw new InvalidOperationException("A change cannot be made while another is being applied.");
            }

            position = _position with { Offset = _position.Offset + 1 };
            moved = Add(new FeedEntry<TChange>(change, position));
        }

        moved?.TrySetResult();
        return position;
    }

    /// <summary>The state has become another as a whole, which no change tells: every subscriber gets it anew. The lock is held, from before the state became another.</summary>
    public void Reset()
    {
        _position = _position with { Offset = _position.Offset + 1 };
        _image = null;
        _history.Clear();
        while (_live is [.., var subscriber])
        {
            RemoveLive(subscriber);
            subscriber.Rewind();
        }

        TakeMoved()?.TrySetResult();
    }

    /// <summary>Ends every subscription, present and future, once it has everything.</summary>
    public void Complete(LoopException? error)
    {
        TaskCompletionSource? moved;
        lock (Lock)
        {
            if (_completed)
            {
                return;
            }

            _completed = true;
            _error = error;
            while (_live is [.., var subscriber])
            {
                RemoveLive(subscriber);
                subscriber.End(error);
            }

            moved = TakeMoved();
        }

        moved?.TrySetResult();
    }

    /// <summary>Subscribes in this process. The subscriber pulls.</summary>
    public async IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> SubscribeAsync(FeedPosition? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = new FeedCursor(from);
        var fetched = new Queue<FeedStep<TSnapshot, TChange>>();
        Interlocked.Increment(ref _subscribers);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Task? moved = null;
                var step = fetched.TryDequeue(out var next) ? next : NextOrWait(cursor, out moved);
                if (moved is not null)
                {
                    await moved.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
                else if (step.Kind == FeedStepKind.Fetch)
                {
                    fetched = new(await FetchAsync(cursor).WaitAsync(cancellationToken).ConfigureAwait(false));
                }
                else if (step.Kind == FeedStepKind.End)
                {
                    break;
                }
                else
                {
                    cursor.MoveTo(step.Position);
                    yield return step.ToEvent();
                }
            }

            if (_error is { } error)
            {
                throw new LoopException(error.Code, error.Message, error) { Retryable = error.Retryable, Details = error.Details };
            }
        }
        finally
        {
            Interlocked.Decrement(ref _subscribers);
        }
    }

    /// <summary>Says what a subscriber needs next. The lock is held.</summary>
    public FeedStep<TSnapshot, TChange> Next(FeedCursor cursor)
    {
        if (IsKnown)
        {
            if (!cursor.Started && cursor.From is { } from && from.Epoch == _position.Epoch && Reaches(from.Offset))
            {
                return new(FeedStepKind.Resumed, from);
            }

            // Who read from a store may be ahead of what was published since.
            if (cursor.Started && cursor.Offset >= _position.Offset)
            {
                return new(_completed ? FeedStepKind.End : FeedStepKind.Idle, _position);
            }

            if (cursor.Started && Reaches(cursor.Offset))
            {
                var entry = _history.After(cursor.Offset);
                return new(FeedStepKind.Change, entry.Position) { Entry = entry };
            }
        }

        return WithoutHistory();
    }

    /// <summary>Gives the payload of a change that a subscriber catches up with. The lock is held.</summary>
    public byte[] PayloadOf(FeedEntry<TChange> entry, PayloadCodec<TChange> codec)
    {
        var before = entry.Bytes;
        var payload = entry.PayloadFor(codec);
        _history.OnGrown(entry.Bytes - before);
        return payload;
    }

    public void Add(FeedSubscriber<TSnapshot, TChange> subscriber)
    {
        lock (Lock)
        {
            Interlocked.Increment(ref _subscribers);
            _codecs[subscriber.Codec] = _codecs.GetValueOrDefault(subscriber.Codec) + 1;
        }
    }

    public void Remove(FeedSubscriber<TSnapshot, TChange> subscriber)
    {
        lock (Lock)
        {
            RemoveLive(subscriber);
            Interlocked.Decrement(ref _subscribers);
            if (--_codecs[subscriber.Codec] == 0)
            {
                _codecs.Remove(subscriber.Codec);
            }
        }
    }

    /// <summary>The subscriber has everything: what comes next is pushed to it. The lock is held.</summary>
    public void AddLive(FeedSubscriber<TSnapshot, TChange> subscriber)
    {
        subscriber.LiveIndex = _live.Count;
        _live.Add(subscriber);
    }

    /// <summary>Why the feed was completed. The lock is held.</summary>
    public LoopException? Error => _error;

    // The lock is held. What waits for the feed to move is to be completed without it.
    private TaskCompletionSource? Add(FeedEntry<TChange> entry)
    {
        foreach (var codec in _codecs.Keys)
        {
            entry.PayloadFor(codec);
        }

        Apply(entry.Change);
        _position = entry.Position;
        _image = null;
        _history.Add(entry);
        for (var index = _live.Count - 1; index >= 0; index--)
        {
            if (!_live[index].TryPush(entry))
            {
                RemoveLive(_live[index]);
            }
        }

        return TakeMoved();
    }

    private FeedStep<TSnapshot, TChange> WithoutHistory()
    {
        if (_past is not null)
        {
            return new(_completed ? FeedStepKind.End : FeedStepKind.Fetch, _position);
        }

        var image = Image();
        return new(FeedStepKind.Snapshot, image.Position) { Image = image };
    }

    private void Apply(TChange change)
    {
        _applying = true;
        try
        {
            apply(change);
        }
        finally
        {
            _applying = false;
        }
    }

    // Which of the live comes first matters to nobody, so the last takes the place of the one that goes.
    private void RemoveLive(FeedSubscriber<TSnapshot, TChange> subscriber)
    {
        if (subscriber.LiveIndex < 0)
        {
            return;
        }

        var last = _live[^1];
        last.LiveIndex = subscriber.LiveIndex;
        _live[subscriber.LiveIndex] = last;
        _live.RemoveAt(_live.Count - 1);
        subscriber.LiveIndex = -1;
    }

    private FeedStep<TSnapshot, TChange> NextOrWait(FeedCursor cursor, out Task? moved)
    {
        lock (Lock)
        {
            var step = Next(cursor);
            moved = step.Kind == FeedStepKind.Idle ? (_moved ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : null;
            return step;
        }
    }

    private TaskCompletionSource? TakeMoved()
    {
        var moved = _moved;
        _moved = null;
        return moved;
    }

    private bool Reaches(long offset) => offset <= _position.Offset && offset >= (_history.Count > 0 ? _history.Start : _position.Offset);

    private FeedImage<TSnapshot> Image()
    {
        if (_image is null || !_image.TryGetTarget(out var image))
        {
            image = new FeedImage<TSnapshot>(snapshot(), _position);
            _image = new(image);
        }

        return image;
    }

    private static ulong NewEpoch() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
