using Loop.Sdk.Channels;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc;

/// <summary>The works of a mesh: keeps a pair for everybody in the room, hands signals to pairs and messages to channels, and tells who is there.</summary>
internal sealed partial class MeshCore : ISignalSink, ILinkSink, IAsyncDisposable
{
    private const int MostLeft = 1024;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Room _room;
    private readonly CancellationTokenSource _stop = new();
    private readonly MeshRoster _roster = new();
    private readonly List<Task> _leaving = [];
    private readonly RecentIds _left = new(MostLeft);
    private readonly ITimer _timer;
    private Task _running = Task.CompletedTask;
    private string _participation = "";
    private int _epoch;
    private bool _isOver;

    public MeshCore(Room room, RoomScope scope, IPeerSignaling peers, RoomSignaling signaling, MeshOptions options)
    {
        _room = room;
        Context = new MeshContext(scope, peers, signaling, options);
        Files = new FileTransfers(this);
        _epoch = room.Details.Epoch;
        _timer = Context.Time.CreateTimer(_ => Look(), null, Tick, Tick);
    }

    public MeshContext Context { get; }

    public FileTransfers Files { get; }

    public MeshInboxes Inboxes { get; } = new();

    public KeyedFeedSource<string, MeshPeer> Peers { get; } = new(static peer => peer.Id);

    public MessageHub<RefusedSignal> Refusals { get; } = new();

    /// <summary>Completes when the mesh has ended: with the reason, or with null.</summary>
    public TaskCompletionSource<LoopException?> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HasPeers => Peers.Count > 0;

    /// <summary>Begins, if the server has what it takes.</summary>
    /// <exception cref="LoopException"><c>unknown_service</c> and others.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Context.Scope.Calls.RunAsync(token => Context.Peers.IceServersAsync(Context.Scope.Ref, token), repeatable: true, cancellationToken).ConfigureAwait(false);
        _running = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Sends a message to one peer or to all of them, to each as fast as it takes it.</summary>
    /// <exception cref="LoopException"><c>peer_gone</c>, <c>message_too_large</c>, <c>closed</c>.</exception>
    public async Task SendAsync(string channel, ReadOnlyMemory<byte> payload, string? peerId, CancellationToken cancellationToken)
    {
        if (peerId is not null)
        {
            await Link(peerId).SendAsync(channel, payload, cancellationToken).ConfigureAwait(false);
            return;
        }

        await Task.WhenAll(Links().Select(link => SendToAsync(link, channel, payload, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Sends a message to all peers that can be reached now.</summary>
    public bool TrySend(string channel, ReadOnlySpan<byte> payload)
    {
        var isSent = false;
        foreach (var link in Links())
        {
            isSent |= link.TrySend(channel, payload);
        }

        return isSent;
    }

    /// <exception cref="LoopException"><c>peer_gone</c>, <c>closed</c>.</exception>
    public PeerLink Link(string peerId)
    {
        lock (_lock)
        {
            ThrowIfOver();
            return _roster.Pairs.FirstOrDefault(pair => pair.Link?.Id == peerId)?.Link ?? throw new LoopException(ErrorCodes.PeerGone, "There is no such peer.");
        }
    }

    void ILinkSink.Receive(PeerLink link, string channel, ReadOnlySpan<byte> payload) => Inboxes.Receive(link, channel, payload);

    void ILinkSink.ReceiveBulk(PeerLink link, ReadOnlySpan<byte> frame) => Files.ReceiveBulk(link, frame);

    void ILinkSink.Changed(PeerLink link)
    {
        lock (_lock)
        {
            if (_roster.Find(link) is { } pair)
            {
                pair.CutSince = link.Path == MeshPath.None ? Context.Clock.Now : null;
                pair.PathChanged();
                Show(pair);
                Context.Log.PathChanged(link.Path.ToString());
            }
        }

        Files.Changed(link);
    }

    void ILinkSink.Left(PeerLink link)
    {
        lock (_lock)
        {
            _left.Add(NameOf(link.Member, link.Id));
            if (_roster.Find(link) is { } pair)
            {
                Remove(pair);
            }
        }
    }

    void ILinkSink.Broken(PeerLink link, string what) => Context.Log.PeerBroke(what);

    public async ValueTask DisposeAsync()
    {
        await EndAsync(null).ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task[] leaving;
        lock (_lock)
        {
            leaving = [.. _leaving];
        }

        await Task.WhenAll(leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Peers.Dispose();
    }

    // A member speaks for its own meshes only.
    private static string NameOf(string member, string mesh) => $"{member} {mesh}";

    private static async Task SendToAsync(PeerLink link, string channel, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        try
        {
            await link.SendAsync(channel, payload, cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error) when (error.Code == ErrorCodes.PeerGone)
        {
            // Whoever left while something was said to all was not meant.
        }
    }

    private PeerLink[] Links()
    {
        lock (_lock)
        {
            ThrowIfOver();
            return [.. _roster.Pairs.Select(static pair => pair.Link).OfType<PeerLink>().Where(static link => !link.IsHidden)];
        }
    }

    private void ThrowIfOver()
    {
        if (_isOver)
        {
            throw new LoopException(ErrorCodes.Closed, "The mesh was left, or has ended with the room.");
        }
    }

    private async Task RunAsync()
    {
        LoopException? reason = null;
        try
        {
            await Task.WhenAny(FollowAsync(), RejoinAsync(), Context.Signaling.ReceiveAsync(this, _stop.Token)).Unwrap().ConfigureAwait(false);

            // An owner who leaves keeps the room; for everybody else it is over, and says why in a moment.
            reason = _room.State == RoomState.Open ? null : await _room.Ended.WaitAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (LoopException error)
        {
            reason = error;
        }
#pragma warning disable CA1031 // A defect, or what the application's engine threw: the mesh cannot go on, and says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            reason = new LoopException(ErrorCodes.Internal, "The mesh could not go on.", exception);
        }

        if (reason is not null)
        {
            Context.Log.MeshEnded(reason.Code, reason);
        }

        await EndAsync(reason).ConfigureAwait(false);
    }

    // Who is in the room. While the server is gone nobody says that anybody left.
    private async Task FollowAsync()
    {
        await foreach (var @event in _room.Participants.SubscribeAsync(cancellationToken: _stop.Token).ConfigureAwait(false))
        {
            lock (_lock)
            {
                _roster.Apply(@event);
            }

            Look();
        }
    }

    private async Task RejoinAsync()
    {
        await foreach (var state in _room.StateChanges(_stop.Token).ConfigureAwait(false))
        {
            if (state == RoomState.Open)
            {
                return;
            }

            Look();
        }
    }

    // Makes everything as what is known now says.
    private void Look()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            var now = Context.Clock.Now;
            var isAnother = _participation != Context.Participation;
            _participation = Context.Participation;
            foreach (var participant in _roster.Present.Where(participant => participant.Id != _participation && participant.Member is not null))
            {
                if (_roster.At(participant.Id) is not { } pair)
                {
                    Add(new PeerAddress(participant.Id, participant.Member!, ""));
                }
                else if (isAnother)
                {
                    pair.Move(participant.Id);
                    pair.Greet();
                }
            }

            // With a new key somebody may have been removed: those who are not listed have lost their place.
            var isRotated = _room.Details.Epoch > _epoch;
            _epoch = _room.Details.Epoch;
            foreach (var pair in _roster.Pairs.ToList())
            {
                // Who is slow to read the states of a connection may have missed some.
                pair.Link?.Look();
                Look(pair, now, isRotated);
            }
        }
    }

    private void Look(MeshPair pair, long now, bool isRotated)
    {
        var patience = (long)Context.Options.PeerTimeout.TotalMilliseconds;
        pair.AbsentSince = _roster.IsKnown && !_roster.IsPresent(pair.Address.Participation) ? pair.AbsentSince ?? now : null;
        if (pair.AbsentSince is { } since && (pair.Link is not { WasConnected: true } || isRotated || now - since >= patience))
        {
            Remove(pair);
            return;
        }

        Show(pair);
    }

    private void Add(PeerAddress address)
    {
        if (_roster.Count >= Context.Options.MaxPeers)
        {
            Context.Log.TooManyPeers(_roster.Count);
            return;
        }

        var pair = new MeshPair(Context, address);
        _roster.Add(pair);
        pair.Start();
    }

    private void Remove(MeshPair pair)
    {
        _roster.Remove(pair);
        if (pair.Link is { } link)
        {
            Peers.Remove(link.Id);
            Files.Gone(link);
        }

        _leaving.RemoveAll(static task => task.IsCompleted);
        _leaving.Add(pair.DisposeAsync().AsTask());
    }

    private void Show(MeshPair pair)
    {
        if (pair.Link is not { } link || _isOver)
        {
            return;
        }

        var path = link.Path;
        if (path == MeshPath.None && pair.CutSince is { } since && Context.Clock.Now - since >= (long)Context.Options.PeerTimeout.TotalMilliseconds)
        {
            // It is gone as far as anybody can tell; it is back when its connection is.
            if (!link.IsHidden)
            {
                link.IsHidden = true;
            }

            Peers.Remove(link.Id);
            return;
        }

        var shown = new MeshPeer
        {
            Id = link.Id,
            ParticipantId = pair.Address.Participation,
            Member = link.Member,
            DisplayName = _roster.NameOf(pair.Address.Participation) ?? link.Shown?.DisplayName ?? "",
            Path = path,
            State = path != MeshPath.None ? MeshPeerState.Connected : link.WasConnected ? MeshPeerState.Disconnected : MeshPeerState.Connecting,
        };
        if (link.Shown != shown || link.IsHidden)
        {
            link.IsHidden = false;
            link.Shown = shown;
            Peers.Put(shown);
        }
    }

    private async Task EndAsync(LoopException? reason)
    {
        List<MeshPair> pairs;
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            pairs = [.. _roster.Pairs];
        }

        await _timer.DisposeAsync().ConfigureAwait(false);

        // A mesh that was left says so; whoever was removed has nothing to say.
        using (var patience = new CancellationTokenSource(Patience))
        {
            await Task.WhenAll(pairs.Select(pair => LeaveAsync(pair, reason is null, patience.Token))).ConfigureAwait(false);
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (var link in pairs.Select(static pair => pair.Link).OfType<PeerLink>())
        {
            Files.Gone(link);
        }

        await Task.WhenAll(pairs.Select(static pair => pair.DisposeAsync().AsTask())).ConfigureAwait(false);
        Inboxes.Complete(reason);
        Refusals.Complete(reason);
        Peers.Complete(reason);
        Ended.TrySetResult(reason);
    }

    private async Task LeaveAsync(MeshPair pair, bool saysBye, CancellationToken cancellationToken)
    {
        if (!saysBye || pair.Link is not { } link)
        {
            return;
        }

        try
        {
            await link.LeaveAsync(cancellationToken).ConfigureAwait(false);
            if (!_room.Ended.IsCompleted)
            {
                var bye = new PairSignal { Kind = PairSignalKind.Bye, Instance = Context.Instance, Attempt = pair.Attempt, Ack = pair.PeerAttempt };
                await Context.Signaling.TrySendAsync(pair.Address.Participation, pair.Address.Member, bye, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is LoopException or OperationCanceledException or ObjectDisposedException)
        {
            // They notice by themselves.
        }
    }
}
