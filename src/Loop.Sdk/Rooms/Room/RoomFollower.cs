using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>Follows a room as long as it is open: reads each change of it, gets new keys, and notices when the room has to be joined again.</summary>
internal sealed class RoomFollower : IDisposable
{
    private readonly SemaphoreSlim _applying = new(1, 1);
    private readonly Lock _telling = new();
    private readonly RoomScope _scope;
    private readonly RetryPacing _nonsense;
    private RoomDetails _current;
    private SealedContext? _context;
    private Task _running = Task.CompletedTask;
    private bool _isOver;

    // Up to which version of the room it is known whether this client owns it.
    private long _ownerKnown;

    public RoomFollower(RoomScope scope, RoomInfo info)
    {
        _scope = scope;
        _nonsense = new RetryPacing(scope.Services.Time);
        _ownerKnown = info.Version;
        _current = RoomDetails.Of(info, ContextState.None) with { Participants = null };
        Source = new(() => _current, next => _current = next, new FeedOptions { HistoryCount = 0 });
    }

    /// <summary>Tells the room, and what becomes of it, to whoever wants to know.</summary>
    public FeedSource<RoomDetails, RoomDetails> Source { get; }

    public RoomDetails Current => Source.Snapshot;

    /// <summary>The last context that could be read.</summary>
    public RoomContext? LastContext { get; private set; }

    /// <summary>The room has come to this client's account.</summary>
    public required Func<RoomInfo, CancellationToken, Task> Owned { get; init; }

    /// <summary>There is nothing to follow any more.</summary>
    public required Action<LoopException?> Over { get; init; }

    public void Start() => _running = Task.Run(RunAsync, CancellationToken.None);

    public Task WhenStoppedAsync() => _running;

    /// <summary>Takes over what a call said of the room, unless something newer is known.</summary>
    public ValueTask<RoomDetails> ApplyAsync(RoomInfo info, CancellationToken cancellationToken) => ApplyAsync(info, mayGoBack: false, saysOwner: true, cancellationToken);

    /// <summary>Asks the server for the room. What told of a newer key may have been faster than the answer; then it is asked again.</summary>
    public async Task<RoomInfo> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var seen = _scope.Reader.SeenEpoch;
            var info = await _scope.Services.Rooms.GetAsync(_scope.Ref, cancellationToken).ConfigureAwait(false);
            await ApplyAsync(info, cancellationToken).ConfigureAwait(false);
            if (info.Epoch >= _scope.Reader.SeenEpoch || seen == _scope.Reader.SeenEpoch)
            {
                return info;
            }
        }
    }

    /// <summary>The room is over: there will be nothing more to tell.</summary>
    public void Complete(LoopException? reason)
    {
        lock (_telling)
        {
            _isOver = true;
        }

        Source.Complete(reason);
    }

    public void Dispose() => _applying.Dispose();

    private async Task RunAsync()
    {
        var lifetime = _scope.Lifetime.Token;
        var feed = new RoomFeed<RoomInfo, RoomInfo, RoomDetails, RoomDetails>(
            _scope.Services.Rooms.Watch(_scope.Ref), _scope.Services.Time, _scope.Membership,
            (info, cancellationToken) => FollowAsync(info, mayGoBack: true, cancellationToken),
            (info, cancellationToken) => FollowAsync(info, mayGoBack: false, cancellationToken),
            _scope.Lifetime);
        var pacing = new RetryPacing(_scope.Services.Time);
        try
        {
            while (!lifetime.IsCancellationRequested)
            {
                await ReadAsync(feed, pacing, lifetime).ConfigureAwait(false);
                if (_scope.Membership.IsLeft && !_scope.IsOwner)
                {
                    Over(null);
                    return;
                }

                await pacing.PauseAsync(atOnce: true, lifetime).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (lifetime.IsCancellationRequested)
        {
        }
        catch (LoopException error)
        {
            // Changes nothing if the room is over already.
            Over(error);
        }
#pragma warning disable CA1031 // A defect, or what the application's memory or clock threw: the room cannot be followed any more, and says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _scope.Services.Log.FollowingFailed(exception);
            Over(new LoopException(ErrorCodes.Internal, "The room could not be followed.", exception));
        }
    }

    private async Task ReadAsync(RoomFeed<RoomInfo, RoomInfo, RoomDetails, RoomDetails> feed, RetryPacing pacing, CancellationToken lifetime)
    {
        try
        {
            await foreach (var @event in feed.SubscribeAsync(cancellationToken: lifetime).ConfigureAwait(false))
            {
                pacing.Succeed();
                if (@event.Kind != FeedEventKind.Change)
                {
                    // The subscription is new, and so may be the session.
                    await _scope.Membership.CheckAsync(lifetime).ConfigureAwait(false);
                }
            }
        }
        catch (LoopException error) when (RoomCodes.IsPassing(error))
        {
            // Subscribed again.
        }
        catch (LoopException error) when (error.Code is ErrorCodes.InvalidPayload or ErrorCodes.ProtocolError)
        {
            // The server may come to its senses. However often it says something right in between, it is asked less and less.
            _scope.Services.Log.FollowingFailed(error);
            await _nonsense.PauseAsync(atOnce: true, lifetime).ConfigureAwait(false);
        }
    }

    // A change may be late, when a call has told of a newer one; a snapshot is what the server has now.
    private async ValueTask<RoomDetails> FollowAsync(RoomInfo info, bool mayGoBack, CancellationToken cancellationToken)
    {
        var before = Current;
        var details = await ApplyAsync(info, mayGoBack, saysOwner: false, cancellationToken).ConfigureAwait(false);
        if (MayBeTransfer(before, details))
        {
            await FindOwnerAsync(cancellationToken).ConfigureAwait(false);
        }

        OwnerKnown(details.Version);
        return details;
    }

    private async ValueTask<RoomDetails> ApplyAsync(RoomInfo info, bool mayGoBack, bool saysOwner, CancellationToken cancellationToken)
    {
        await _applying.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ReceivedRoom.Of(_scope.Ref.Token, info);
            var before = Current;
            if (!mayGoBack && info.Version < before.Version)
            {
                return before;
            }

            await _scope.Epochs.ReachAsync(info.Epoch, isNews: true, cancellationToken).ConfigureAwait(false);
            var context = await ReadContextAsync(info, before.Context, cancellationToken).ConfigureAwait(false);
            if (context.Code is { } code && context != before.Context)
            {
                _scope.Services.Log.ContextRefused(code);
            }

            if (saysOwner && (info.Access == RoomAccess.Owner) == _scope.IsOwner)
            {
                OwnerKnown(info.Version);
            }

            LastContext = context.Value ?? LastContext;
            var details = RoomDetails.Of(info, context) with { Participants = null, Access = _scope.IsOwner ? RoomAccess.Owner : info.Access };
            if (details != before)
            {
                Tell(details);
            }

            _scope.Memory.Save();
            return details;
        }
        finally
        {
            _applying.Release();
        }
    }

    private void Tell(RoomDetails details)
    {
        lock (_telling)
        {
            if (!_isOver)
            {
                Source.Publish(details);
            }
        }
    }

    // What follows a room is not told of its owner. It is no transfer if there was one change since the owner was known, and that can be seen. Changes may come together.
    private bool MayBeTransfer(RoomDetails before, RoomDetails after)
    {
        var known = Interlocked.Read(ref _ownerKnown);
        return after.Version > known
            && (after.Version > known + 1
                || before.Version != known
                || after with { Version = before.Version, UpdatedAt = before.UpdatedAt, OwnerName = before.OwnerName } == before);
    }

    private void OwnerKnown(long version)
    {
        for (var known = Interlocked.Read(ref _ownerKnown); known < version; known = Interlocked.Read(ref _ownerKnown))
        {
            Interlocked.CompareExchange(ref _ownerKnown, version, known);
        }
    }

    // What was read once is not read again, so that who shows it sees no change where there is none.
    private async ValueTask<ContextState> ReadContextAsync(RoomInfo info, ContextState before, CancellationToken cancellationToken)
    {
        if (before.Status == ContextStatus.Readable && info.Context == _context && info.Epoch >= _scope.Reader.SeenEpoch)
        {
            return before;
        }

        var state = await _scope.ReadContextAsync(info, cancellationToken).ConfigureAwait(false);
        _context = info.Context;
        return state;
    }

    private async Task FindOwnerAsync(CancellationToken cancellationToken)
    {
        var info = await _scope.Services.Rooms.GetAsync(_scope.Ref, cancellationToken).ConfigureAwait(false);
        var isOwner = info.Access == RoomAccess.Owner;
        if (isOwner && !_scope.IsOwner)
        {
            await Owned(info, cancellationToken).ConfigureAwait(false);
        }

        _scope.IsOwner = isOwner;
        _scope.Self.IsFixed = isOwner;
        await ApplyAsync(info, cancellationToken).ConfigureAwait(false);
    }
}
