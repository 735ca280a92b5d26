using System.Runtime.CompilerServices;
using Loop.Sdk.Channels;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Rooms;

/// <summary>The real room. It puts the parts together; the work is done by them.</summary>
internal sealed class OpenRoom : Room
{
    // Real time, whatever clock the rooms run on: a test's clock may stand still, and disposal must end nevertheless.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly RoomScope _scope;
    private readonly Uri? _url;
    private readonly Action<OpenRoom> _closed;
    private readonly RoomFollower _follower;
    private readonly RoomOwnership _ownership;
    private readonly ScopedTimeline _timeline;
    private readonly FeedSource<RoomState, RoomState> _states = new(RoomState.Open, static (_, next) => next);
    private volatile bool _over;
    private volatile bool _deleting;
    private RoomSignaling? _signaling;
    private MeshCore? _mesh;
    private readonly TaskCompletionSource<LoopException?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="scope">The parts that know the room, taken over.</param>
    /// <param name="info">The room, as the server says.</param>
    /// <param name="url">The room's address, if known.</param>
    /// <param name="closed">Told when the room has ended.</param>
    public OpenRoom(RoomScope scope, RoomInfo info, Uri? url, Action<OpenRoom> closed)
    {
        _scope = scope;
        _url = url;
        _closed = closed;
        _follower = new RoomFollower(scope, info)
        {
            Owned = (room, cancellationToken) => _ownership!.TakeOverAsync(room, cancellationToken),
            Over = End,
        };
        _ownership = new RoomOwnership(scope, _follower);
        _timeline = new ScopedTimeline(scope, _follower);
        scope.Membership.Losing = () => Become(RoomState.Rejoining);
        scope.Membership.Rejoined = _ => OnRejoined();
        scope.Membership.Lost = End;
        Participants = new RoomFeed<KeyedSnapshot<ParticipantInfo>, KeyedChange<string, ParticipantInfo>, KeyedSnapshot<Participant>, KeyedChange<string, Participant>>(
            scope.Services.Rooms.Participants(scope.Ref), scope.Services.Time, scope.Membership, OpenAsync, OpenAsync, scope.Lifetime, () => scope.Members.Current);
    }

    public override string Token => _scope.Ref.Token;

    public override RoomState State => _states.Snapshot;

    public override bool IsOwner => _scope.IsOwner;

    public override string? ParticipantId => _scope.Membership.Participant;

    public override string MemberId => _scope.Self.Id;

    public override string? OwnerMemberId => _scope.Trust.Owner;

    public override RoomDetails Details => _follower.Current;

    public override IFeed<RoomDetails, RoomDetails> Changes => _follower.Source;

    public override IFeed<KeyedSnapshot<Participant>, KeyedChange<string, Participant>> Participants { get; }

    public override RoomTimeline Timeline => _timeline;

    public override Task<LoopException?> Ended => _ended.Task;

    /// <summary>Whether somebody may still use it.</summary>
    public bool IsOver => _over;

    /// <summary>Begins to follow the room, of which this much is known.</summary>
    public async Task StartAsync(RoomInfo info, CancellationToken cancellationToken)
    {
        try
        {
            await _follower.ApplyAsync(info, cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error) when (RoomCodes.IsPassing(error) || RoomCodes.IsOut(error))
        {
            // The session was lost in between: what follows the room reads it again.
        }

        _follower.Start();
    }

    /// <summary>Joins for the first time.</summary>
    public async Task JoinAsync(RoomJoin join, RoomInfo? known, CancellationToken cancellationToken)
    {
        var joined = await _scope.Membership.JoinAsync(join, known, cancellationToken).ConfigureAwait(false);
        _scope.IsOwner = _scope.Self.IsFixed = joined.Room.Access == RoomAccess.Owner;
        Become(RoomState.Joined);
        await StartAsync(joined.Room, cancellationToken).ConfigureAwait(false);
        if (_scope.IsOwner && joined.Room.WrappedKey is null)
        {
            await _ownership.TakeOverAsync(joined.Room, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task JoinAsync(RoomJoin? join = null, CancellationToken cancellationToken = default)
    {
        ThrowIfOver();
        if (_scope.Membership.IsWanted)
        {
            throw new InvalidOperationException("The room is joined already.");
        }

        var how = join ?? new RoomJoin();
        _scope.Self.Name = ShownName.Checked(how.DisplayName ?? _scope.Services.Options.DisplayName);
        var joined = await _scope.Membership.JoinAsync(how, known: null, cancellationToken).ConfigureAwait(false);
        ShowMyself();
        Become(RoomState.Joined);
        await _follower.ApplyAsync(joined.Room, cancellationToken).ConfigureAwait(false);
    }

    public override async Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfOver();
        try
        {
            // What follows the room may see that it was left before the answer comes, and end it.
            _scope.Memory.KeepsMember = IsOwner;
            await _scope.Membership.LeaveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _scope.Memory.KeepsMember = true;
            throw;
        }

        if (IsOwner)
        {
            Become(RoomState.Open);
            return;
        }

        End(null);

        // Whoever joins again from here on is to be somebody else.
        _scope.Memory.Save();
        await _scope.Memory.WhenSavedAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override RoomLink CreateLink() =>
        _scope.Keys.CreateLink(_url ?? throw new InvalidOperationException($"There is no {nameof(RoomsClientOptions)}.{nameof(RoomsClientOptions.RoomUrl)} to make links with."));

    public override async Task<RoomDetails> UpdateAsync(RoomChanges changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ThrowIfOver();
        return await _ownership.UpdateAsync(changes, cancellationToken).ConfigureAwait(false);
    }

    public override async Task KickAsync(string participantId, Removal? removal = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participantId);
        ThrowIfOver();
        await _ownership.KickAsync(participantId, removal ?? new Removal(), cancellationToken).ConfigureAwait(false);
    }

    public override async Task PardonAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfOver();
        await _scope.Services.Rooms.PardonAsync(_scope.Ref, cancellationToken).ConfigureAwait(false);
    }

    public override async Task RotateKeyAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfOver();
        await _ownership.RotateAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task TransferAsync(string participantId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participantId);
        ThrowIfOver();
        await _ownership.TransferAsync(participantId, cancellationToken).ConfigureAwait(false);
    }

    public override async Task DeleteAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfOver();
        _deleting = true;
        try
        {
            var deleted = await _scope.Services.Rooms.DeleteAsync(new DeleteRooms([Token]), cancellationToken).ConfigureAwait(false);
            if (deleted.Rooms is [{ Code: { } code }, ..])
            {
                throw new LoopException(code, "The room was not deleted.");
            }

            End(null);
        }
        finally
        {
            _deleting = false;
        }
    }

    public override async Task<RoomMesh> JoinMeshAsync(MeshOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        ThrowIfOver();
        _scope.Keys.RequireCipher();
        var peers = _scope.Services.Peers ?? throw new InvalidOperationException("The rooms' client was made without what peers need.");
        MeshCore core;
        lock (_lock)
        {
            if (!_scope.Membership.IsWanted || _mesh is { Ended.Task.IsCompleted: false })
            {
                throw new InvalidOperationException("The room is not joined, or there is a mesh already.");
            }

            // Of all meshes: the numbers of signals go on.
            _signaling ??= new RoomSignaling(_scope, peers);
            _mesh = core = new MeshCore(this, _scope, peers, _signaling, options);
        }

        try
        {
            // Whole before anybody may say something.
            var mesh = new RoomMesh(core);
            await core.StartAsync(cancellationToken).ConfigureAwait(false);
            return mesh;
        }
        catch
        {
            await core.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override async IAsyncEnumerable<RoomState> StateChanges([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var @event in _states.SubscribeAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (@event.Kind != FeedEventKind.Resumed)
            {
                yield return @event.Kind == FeedEventKind.Snapshot ? @event.Snapshot : @event.Change;
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_mesh is { } mesh)
        {
            await mesh.DisposeAsync().ConfigureAwait(false);
        }

        if (!IsOver)
        {
            await TryLeaveAsync().ConfigureAwait(false);
        }

        End(null);
        await _follower.WhenStoppedAsync().ConfigureAwait(false);
        await _scope.Memory.WhenSavedAsync().ConfigureAwait(false);
        lock (_lock)
        {
            _follower.Dispose();
            _scope.Dispose();
        }
    }

    private async Task TryLeaveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _scope.Membership.LeaveAsync(patience.Token).WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LoopException or OperationCanceledException or TimeoutException)
        {
            _scope.Services.Log.LeaveFailed(exception);
        }
    }

    private void OnRejoined()
    {
        _scope.Memory.Save();
        ShowMyself();
        Become(RoomState.Joined);
    }

    // The feed may have told of the participation before the answer said that it is this client's; an owner's devices are told apart by that alone.
    private void ShowMyself()
    {
        if (_scope.Self.IsFixed)
        {
            _scope.Members.Outdate();
        }
    }

    private void Become(RoomState state)
    {
        lock (_lock)
        {
            if (!_over && State != state)
            {
                _states.Publish(state);
            }
        }
    }

    private void End(LoopException? reason)
    {
        lock (_lock)
        {
            if (_over)
            {
                return;
            }

            _states.Publish(RoomState.Ended);
            _over = true;
        }

        // Whoever deletes the room may hear that it is gone before the answer comes.
        reason = reason is null ? null : RoomCodes.Ending(reason);
        if (_deleting && reason?.Code == ErrorCodes.RoomGone)
        {
            reason = null;
        }

        // Not under the lock: what is cancelled goes on on this thread.
        _scope.Lifetime.End(reason);
        if (reason is not null)
        {
            _scope.Services.Log.Ended(reason.Code);
        }

        _scope.Membership.GiveUp();
        _scope.Memory.Save();
        _states.Complete();
        _follower.Complete(reason);
        _ended.TrySetResult(reason);
        _closed(this);
    }

    private void ThrowIfOver()
    {
        if (IsOver)
        {
            throw RoomCodes.Over();
        }
    }

    private async ValueTask<KeyedSnapshot<Participant>> OpenAsync(KeyedSnapshot<ParticipantInfo> snapshot, CancellationToken cancellationToken) =>
        new(await OpenAsync(snapshot.Items, cancellationToken).ConfigureAwait(false));

    private async ValueTask<KeyedChange<string, Participant>> OpenAsync(KeyedChange<string, ParticipantInfo> change, CancellationToken cancellationToken) => new()
    {
        Put = change.Put is { } put ? await OpenAsync(put, cancellationToken).ConfigureAwait(false) : null,
        Removed = change.Removed is { } removed ? Received.Whole(removed) : null,
    };

    private async ValueTask<IReadOnlyList<Participant>> OpenAsync(IReadOnlyList<ParticipantInfo> participants, CancellationToken cancellationToken)
    {
        await _scope.TryRenewAsync(Received.Whole(participants), cancellationToken).ConfigureAwait(false);
        var opened = new List<Participant>(participants.Count);
        foreach (var participant in participants)
        {
            var member = participant.Member is { } id ? _scope.Members.Find(id) : null;
            opened.Add(Participant.Of(participant, member, IsMe(participant), isSealed: _scope.Keys.Cipher is not null || Details.Epoch > 0));
        }

        return opened;
    }

    // Somebody who joins again may be told of it by the feed first. Owners' devices are one member, and differ in the participation only.
    private bool IsMe(ParticipantInfo participant) => participant.Id == ParticipantId || (participant.Member == MemberId && !_scope.Self.IsFixed);
}
