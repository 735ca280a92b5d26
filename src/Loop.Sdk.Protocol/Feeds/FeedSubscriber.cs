using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>One remote subscriber of a feed source. Its state changes under the feed's lock.</summary>
internal sealed class FeedSubscriber<TSnapshot, TChange> : IThreadPoolWorkItem
{
    private readonly FeedHub<TSnapshot, TChange> _hub;
    private readonly PushQueue _queue;
    private readonly PayloadCodec<TSnapshot> _snapshotCodec;
    private readonly FeedCursor _cursor;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Queue<FeedStep<TSnapshot, TChange>> _fetched = [];
    private State _state = State.CatchingUp;
    private bool _sendableAgain;

    public FeedSubscriber(
        FeedHub<TSnapshot, TChange> hub, PushQueue queue, PayloadCodec<TSnapshot> snapshotCodec, PayloadCodec<TChange> changeCodec, FeedPosition? from)
    {
        _hub = hub;
        _queue = queue;
        _snapshotCodec = snapshotCodec;
        _cursor = new FeedCursor(from);
        Codec = changeCodec;
    }

    private enum State
    {
        /// <summary>Has everything; changes are pushed.</summary>
        Live,

        /// <summary>Waits for room in the stream.</summary>
        Blocked,

        /// <summary>Reads on in the history, on some thread.</summary>
        CatchingUp,

        /// <summary>Waits for what the store has.</summary>
        Fetching,

        Ended,
    }

    public PayloadCodec<TChange> Codec { get; }

    /// <summary>The place among the hub's live subscribers, or -1.</summary>
    public int LiveIndex { get; set; } = -1;

    /// <summary>Sends until the feed is completed or the subscriber goes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _queue.Sendable = OnSendable;
        _hub.Add(this);
        using var registration = cancellationToken.UnsafeRegister(static state => ((FeedSubscriber<TSnapshot, TChange>)state!).Leave(), this);
        try
        {
            CatchUp();
            await _ended.Task.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            _hub.Remove(this);
        }
    }

    /// <summary>Sends the next change to a live subscriber. If it is too slow it is live no longer. The feed's lock is held.</summary>
    public bool TryPush(FeedEntry<TChange> entry)
    {
        if (_cursor.Offset >= entry.Position.Offset)
        {
            return true;
        }

        try
        {
            if (_queue.TryPush(entry.PayloadFor(Codec)))
            {
                _cursor.MoveTo(entry.Position);
                return true;
            }

            _state = State.Blocked;
        }
        catch (LoopException error)
        {
            // What one subscriber cannot take is not the publisher's concern.
            End(error);
        }

        return false;
    }

    /// <summary>The history is gone: a live subscriber, which is live no longer, looks where it can go on. The feed's lock is held.</summary>
    public void Rewind()
    {
        _state = State.CatchingUp;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Nothing more comes. The feed's lock is held.</summary>
    public void End(Exception? error)
    {
        _state = State.Ended;
        if (error is null)
        {
            _ended.TrySetResult();
        }
        else
        {
            _ended.TrySetException(error);
        }
    }

    void IThreadPoolWorkItem.Execute() => CatchUp();

    private void Leave()
    {
        lock (_hub.Lock)
        {
            End(error: null);
        }
    }

    private void OnSendable()
    {
        lock (_hub.Lock)
        {
            _sendableAgain = true;
            if (_state != State.Blocked)
            {
                return;
            }

            _state = State.CatchingUp;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void CatchUp()
    {
        try
        {
            while (TryStep())
            {
            }
        }
#pragma warning disable CA1031 // Whatever a snapshot function or a serialiser throws ends this subscription and nothing else.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (_hub.Lock)
            {
                End(exception);
            }
        }
    }

    private bool TryStep()
    {
        FeedStep<TSnapshot, TChange> step;
        byte[]? payload = null;
        lock (_hub.Lock)
        {
            if (_state == State.Ended)
            {
                return false;
            }

            step = _fetched.TryPeek(out var fetched) ? fetched : _hub.Next(_cursor);
            switch (step.Kind)
            {
                case FeedStepKind.Fetch:
                    _state = State.Fetching;
                    break;
                case FeedStepKind.Idle:
                    _state = State.Live;
                    _hub.AddLive(this);
                    return false;
                case FeedStepKind.End:
                    End(_hub.Error);
                    return false;
                case FeedStepKind.Change when !step.IsFetched:
                    payload = _hub.PayloadOf(step.Entry!, Codec);
                    break;
            }

            _sendableAgain = false;
        }

        if (step.Kind == FeedStepKind.Fetch)
        {
            _ = FetchAsync();
            return false;
        }

        payload ??= step.Image?.PayloadFor(_snapshotCodec) ?? FetchedPayload(step) ?? FeedWire.EncodeResumed(step.Position).ToArray();
        if (_queue.TryPush(payload))
        {
            _cursor.MoveTo(step.Position);
            _fetched.TryDequeue(out _);
            return true;
        }

        lock (_hub.Lock)
        {
            if (_sendableAgain || _state == State.Ended)
            {
                return _state != State.Ended;
            }

            _state = State.Blocked;
            return false;
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            var steps = await _hub.FetchAsync(_cursor).ConfigureAwait(false);
            lock (_hub.Lock)
            {
                if (_state == State.Ended)
                {
                    return;
                }

                _fetched = new(steps);
                _state = State.CatchingUp;
            }
        }
#pragma warning disable CA1031 // Whatever the store throws ends this subscription and nothing else.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (_hub.Lock)
            {
                End(exception);
            }

            return;
        }

        // On a thread of its own: what completes at once would lead to a recursion.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    // Shared with other subscribers that read the same, and with none that reads on in the history.
    private byte[]? FetchedPayload(in FeedStep<TSnapshot, TChange> step)
    {
        if (step.Entry is not { } entry)
        {
            return null;
        }

        lock (entry)
        {
            return entry.PayloadFor(Codec);
        }
    }
}
