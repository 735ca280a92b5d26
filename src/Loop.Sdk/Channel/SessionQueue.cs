using Loop.Sdk.Contracts;

namespace Loop.Sdk.Channels;

/// <summary>The session of the moment, and the calls that wait for one. They share one promise.</summary>
internal sealed class SessionQueue(ChannelClientOptions options)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<ClientPeer?>? _promise;
    private ClientPeer? _current;
    private LoopException? _end;
    private int _waiting;

    /// <summary>The last session there was, which may be closed, or null.</summary>
    public ClientPeer? Current => Volatile.Read(ref _current);

    /// <summary>Why there will never be another session, or null.</summary>
    public LoopException? End => Volatile.Read(ref _end);

    /// <summary>How many calls wait, apart from feeds.</summary>
    public int Count => Volatile.Read(ref _waiting);

    /// <summary>The session, if the method can be called on it now. What can wait spares itself a server that is going away.</summary>
    public ClientPeer? TryGet(ContractMethod method)
    {
        var peer = Current;
        return peer is { Session.Closed: null } && !(peer.IsLeaving && CanWait(method)) ? peer : null;
    }

    /// <summary>Waits for a session, as long as the method may.</summary>
    /// <exception cref="LoopException">The method must not wait, or too many wait (<c>unavailable</c>), it took too long (<c>deadline_exceeded</c>), or the channel closed.</exception>
    public async Task<ClientPeer> WaitAsync(ContractMethod method, CancellationToken cancellationToken)
    {
        // A subscription is held by its consumer while it waits: it takes nothing from the queue, and no time limit.
        if (method.Kind == MethodKind.Feed)
        {
            return await WaitAsync(method, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }

        Enter(method);
        try
        {
            return await WaitAsync(method, options.CallTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new LoopException(ErrorCodes.DeadlineExceeded, "There was no connection in time.") { Retryable = true };
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>There is a session: all go on. False if the channel was closed in the meantime.</summary>
    public bool Open(ClientPeer peer)
    {
        TaskCompletionSource<ClientPeer?>? promise;
        lock (_lock)
        {
            if (_end is not null)
            {
                return false;
            }

            Volatile.Write(ref _current, peer);
            promise = _promise;
            _promise = null;
        }

        promise?.TrySetResult(peer);
        return true;
    }

    /// <summary>There will be no session any more: all fail, now and later. False if that was said before.</summary>
    public bool Close(LoopException end)
    {
        TaskCompletionSource<ClientPeer?>? promise;
        lock (_lock)
        {
            if (_end is not null)
            {
                return false;
            }

            Volatile.Write(ref _end, end);
            promise = _promise;
        }

        promise?.TrySetResult(null);
        return true;
    }

    /// <summary>Fails if the channel is closed, with an exception of the caller's own.</summary>
    public void ThrowIfClosed()
    {
        if (End is { } end)
        {
            throw new LoopException(end.Code, end.Message, end);
        }
    }

    private async Task<ClientPeer> WaitAsync(ContractMethod method, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var peer = await Promise(method).WaitAsync(timeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        ThrowIfClosed();
        return peer!;
    }

    private Task<ClientPeer?> Promise(ContractMethod method)
    {
        lock (_lock)
        {
            if (_end is not null || TryGet(method) is not null)
            {
                return Task.FromResult(_current);
            }

            return (_promise ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private static bool CanWait(ContractMethod method) => method.Idempotent || method.Kind == MethodKind.Feed;

    private void Enter(ContractMethod method)
    {
        lock (_lock)
        {
            if (_end is null && TryGet(method) is null)
            {
                if (_current is not null && !CanWait(method))
                {
                    throw new LoopException(ErrorCodes.Unavailable, "The connection is lost, and the call is not known to be safe to send later.") { Retryable = true };
                }

                if (_waiting >= options.OfflineQueueLimit)
                {
                    throw new LoopException(ErrorCodes.Unavailable, "Too many calls wait for a connection.") { Retryable = true };
                }
            }

            Interlocked.Increment(ref _waiting);
        }
    }
}
