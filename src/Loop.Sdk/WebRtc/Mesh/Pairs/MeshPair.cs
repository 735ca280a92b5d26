using System.Threading.Channels;

namespace Loop.Sdk.WebRtc;

/// <summary>
/// This client and one other: a negotiator with its connections, and the relay while there is none. Everything happens one after the other, in a loop of its own, so that no pair waits for another.
/// </summary>
internal sealed class MeshPair : IAsyncDisposable
{
    private const int MaxEvents = 1024;
    private const long RelayRetry = 15_000;
    private const int MostRelayDoublings = 3;

    private readonly MeshContext _context;
    private readonly Channel<Action> _events = Channel.CreateBounded<Action>(MaxEvents);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<Task> _disposal;
    private readonly PairNegotiator _negotiator = new(PairTiming.Default, MeshContext.NewNonce);
    private readonly SignalOutbox _outbox;
    private readonly ITimer _timer;
    private readonly List<Task> _watching = [];
    private Task _running = Task.CompletedTask;
    private volatile PeerAddress _address;
    private volatile PeerLink? _link;
    private DirectTransport? _direct;
    private long _relayAt = long.MaxValue;
    private long _offeredRelayUntil;
    private int _relayTries;
    private volatile bool _overflowed;

    public MeshPair(MeshContext context, PeerAddress address)
    {
        _context = context;
        _address = address;
        _disposal = new Lazy<Task>(EndAsync);
        _outbox = new SignalOutbox(context.Signaling, context.Log, _stop.Token);
        _timer = context.Time.CreateTimer(_ => Post(static () => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public PeerAddress Address => _address;

    /// <summary>What is shared with the peer, once they were heard.</summary>
    public PeerLink? Link => _link;

    /// <summary>This end's attempt.</summary>
    public string Attempt => _negotiator.Attempt;

    /// <summary>The peer's attempt.</summary>
    public string? PeerAttempt => _negotiator.PeerAttempt;

    /// <summary>Whether there is a connection to keep.</summary>
    public bool IsConnected => _negotiator.IsMet && _link?.Path == MeshPath.Direct;

    /// <summary>Since when the participation is not in the room any more, by the mesh's clock; null while it is. Under the mesh's lock.</summary>
    public long? AbsentSince { get; set; }

    /// <summary>Since when nothing connects the two; null while something does, or did not yet. Under the mesh's lock.</summary>
    public long? CutSince { get; set; }

    /// <summary>Begins: greets the peer, if it is this end that came.</summary>
    public void Start()
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        Post(() => _negotiator.Greet(_context.Clock.Now));
    }

    /// <summary>The peer's mesh was heard for the first time.</summary>
    public void Meet(PeerLink link)
    {
        _link = link;
        _address = _address with { Instance = link.Id };
    }

    /// <summary>The peer, or this client, is another participation now.</summary>
    public void Move(string participation)
    {
        _address = _address with { Participation = participation };
        _outbox.Clear();
        Post(SetPoliteness);
    }

    /// <summary>Greets again: this client may have missed something, or be somebody else than before.</summary>
    public void Greet() => Post(() => _negotiator.Greet(_context.Clock.Now));

    public void Reply(PairSignal hello) => Send(hello);

    public void Receive(PairSignal signal) => Post(() =>
    {
        SetPoliteness();
        if (signal.Kind == PairSignalKind.Relay)
        {
            // Both may have offered one: the polite end takes the other's.
            if (_negotiator.IsPolite || _context.Clock.Now >= _offeredRelayUntil)
            {
                OpenRelay(signal.Link);
            }
        }
        else
        {
            _negotiator.Receive(signal, _context.Clock.Now);
        }
    });

    public void Lost() => Post(() => _negotiator.Lost(_context.Clock.Now));

    /// <summary>The link has another way, or none.</summary>
    public void PathChanged() => Post(() =>
    {
        if (_link?.Path != MeshPath.None)
        {
            _relayAt = long.MaxValue;
            _relayTries = 0;
        }
        else if (_relayAt == long.MaxValue)
        {
            ExpectRelay((long)_context.Options.RelayAfter.TotalMilliseconds);
        }
    });

    /// <summary>A peer that goes and a mesh that ends may both come to it.</summary>
    public ValueTask DisposeAsync() => new(_disposal.Value);

    private async Task EndAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _events.Writer.TryComplete();
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _outbox.DisposeAsync().ConfigureAwait(false);
        if (_link is { } link)
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Post(Action @event)
    {
        // Whoever floods loses what they said, and this end begins anew.
        if (!_events.Writer.TryWrite(@event))
        {
            _overflowed = true;
        }
    }

    private async Task RunAsync()
    {
        while (await _events.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
        {
            while (_events.Reader.TryRead(out var @event))
            {
                @event();
                await WorkAsync().ConfigureAwait(false);
            }

            var now = _context.Clock.Now;
            if (_overflowed)
            {
                _overflowed = false;
                _negotiator.Lost(now);
            }

            if (_negotiator.NextTimeout <= now)
            {
                _negotiator.Timeout(now);
            }

            if (_relayAt <= now)
            {
                OfferRelay();
            }

            await WorkAsync().ConfigureAwait(false);
            var next = Math.Min(_negotiator.NextTimeout, _relayAt);
            _timer.Change(next == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(1, next - _context.Clock.Now)), Timeout.InfiniteTimeSpan);
        }
    }

    private async ValueTask WorkAsync()
    {
        while (_negotiator.TryTake(out var command))
        {
            try
            {
                _negotiator.Done(command, await DoAsync(command).ConfigureAwait(false));
            }
            catch (Exception exception) when (exception is LoopException or ObjectDisposedException or PlatformNotSupportedException)
            {
                _context.Log.NegotiationFailed(command.GetType().Name, exception);
                _negotiator.Failed(command, _context.Clock.Now);
            }
        }
    }

    private async ValueTask<SessionDescription?> DoAsync(PairCommand command)
    {
        if (command is PairCommand.Send send)
        {
            Send(send.Signal);
            return null;
        }

        if (command is PairCommand.Open)
        {
            await OpenAsync().ConfigureAwait(false);
            return null;
        }

        var connection = _direct?.Connection ?? throw new LoopException(ErrorCodes.Closed, "There is no connection.");
        switch (command)
        {
            case PairCommand.Offer:
                return await connection.SetLocalDescriptionAsync(_stop.Token).ConfigureAwait(false);
            case PairCommand.Accept accept:
                await connection.SetRemoteDescriptionAsync(accept.Description, _stop.Token).ConfigureAwait(false);
                return await connection.SetLocalDescriptionAsync(_stop.Token).ConfigureAwait(false);
            case PairCommand.Complete complete:
                await connection.SetRemoteDescriptionAsync(complete.Description, _stop.Token).ConfigureAwait(false);
                break;
            case PairCommand.Add add:
                await connection.AddIceCandidateAsync(add.Candidate, _stop.Token).ConfigureAwait(false);
                break;
            case PairCommand.Restart:
                connection.SetIceServers(await ServersAsync().ConfigureAwait(false));
                connection.RestartIce();
                break;
        }

        return null;
    }

    private async ValueTask OpenAsync()
    {
        _direct = null;
        var servers = await ServersAsync().ConfigureAwait(false);
        var transport = new DirectTransport(_context.Options.Factory.Create(_context.Options.Connection with { IceServers = servers }));
        _direct = transport;
        var generation = _negotiator.Generation;
        _watching.RemoveAll(static task => task.IsCompleted);
        _watching.Add(Task.Run(() => WatchSignalsAsync(transport.Connection, generation)));
        _watching.Add(Task.Run(() => WatchStatesAsync(transport.Connection, generation)));
        _link!.Add(transport);
        if (_link.Path == MeshPath.None && _relayAt == long.MaxValue)
        {
            ExpectRelay((long)_context.Options.RelayAfter.TotalMilliseconds);
        }
    }

    private async ValueTask<IReadOnlyList<IceServer>> ServersAsync() =>
        [.. _context.Options.Connection.IceServers, .. await _context.Ice.GetAsync(_stop.Token).ConfigureAwait(false)];

    private async Task WatchSignalsAsync(IPeerConnection connection, int generation)
    {
        await foreach (var signal in connection.SignalsAsync(_stop.Token).ConfigureAwait(false))
        {
            Post(() =>
            {
                if (signal is CandidateFound found)
                {
                    _negotiator.CandidateFound(generation, found.Candidate);
                }
                else
                {
                    _negotiator.NegotiationNeeded(generation);
                }
            });
        }
    }

    private async Task WatchStatesAsync(IPeerConnection connection, int generation)
    {
        await foreach (var state in connection.StateChangesAsync(_stop.Token).ConfigureAwait(false))
        {
            _link?.Look();
            Post(() => _negotiator.StateChanged(generation, state, _context.Clock.Now));
        }
    }

    private void Send(PairSignal signal)
    {
        if (!_outbox.TryPost(_address, signal with { Instance = _context.Instance }))
        {
            _overflowed = true;
        }
    }

    private void SetPoliteness() => _negotiator.IsPolite = string.CompareOrdinal(_context.Participation, _address.Participation) < 0;

    // The polite end waits longer, so that one relay is made and not two.
    private void ExpectRelay(long delay)
    {
        if (_context.Options.UseRelay)
        {
            _relayAt = _context.Clock.Now + delay + (_negotiator.IsPolite ? PairTiming.Default.Politeness : 0);
        }
    }

    private void OfferRelay()
    {
        var patience = RelayRetry << Math.Min(_relayTries++, MostRelayDoublings);
        ExpectRelay(patience);
        if (_link is { Path: MeshPath.None })
        {
            var link = MeshContext.NewNonce();
            _offeredRelayUntil = _context.Clock.Now + patience;
            Send(new PairSignal { Kind = PairSignalKind.Relay, Attempt = _negotiator.Attempt, Ack = _negotiator.PeerAttempt, Link = link });
            OpenRelay(link);
        }
    }

    private void OpenRelay(string? link)
    {
        if (_context.Options.UseRelay && _link is { } peer && MeshContext.IsNonce(link))
        {
            ExpectRelay(RelayRetry << Math.Min(_relayTries, MostRelayDoublings));
            peer.Add(new RelayTransport(_context.Scope, _context.Peers, _address, _context.Instance, link!));
        }
    }
}
