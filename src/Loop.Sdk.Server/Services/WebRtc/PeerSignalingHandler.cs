using System.Runtime.CompilerServices;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>One session's calls to <c>loop.webrtc/1</c>.</summary>
internal sealed class PeerSignalingHandler(WebRtcCore core, RoomsCore rooms, LoopSession session) : IPeerSignaling
{
    private const int MaxLink = 64;

    private readonly SessionAccess _access = new(rooms, rooms.Sessions.Of(session));
    private RateGate _gate;

    public Task SendAsync(AddressedSignal signal, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(signal).Token);
        var to = RequestChecks.Id(signal.To, RoomStorageLimits.MaxId, "receiver");
        RequestChecks.Version(signal.Version);
        RequestChecks.Envelope(signal.Envelope, core.Options.MaxSignal);
        var own = _access.RequireParticipation(token);
        var author = own.Member ?? throw RoomErrors.MemberTaken();
        if (core.SignalRate is { } limit && !_gate.TryPass(limit, core.Clock.Now))
        {
            throw WebRtcErrors.Of(ErrorCodes.RateLimited);
        }

        var receiver = Find(own, to);
        var dropped = core.Mailboxes.Of(receiver).Post(new DeliveredSignal
        {
            Kind = SignalDelivery.Signal,
            From = own.Id,
            Author = author,
            Version = signal.Version,
            Envelope = signal.Envelope,
        });
        core.Metrics.Signalled(dropped);
        if (dropped > 0)
        {
            core.Log.Dropped(receiver.Session, dropped);
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<DeliveredSignal> ReceiveAsync(RoomRef room, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var own = _access.RequireParticipation(RequestChecks.Token(RequestChecks.Request(room).Token));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, own.Ended);
        var signals = core.Mailboxes.Of(own).ReadAsync(either.Token).GetAsyncEnumerator(either.Token);
        await using (signals.ConfigureAwait(false))
        {
            while (await MoveAsync(signals, own, cancellationToken).ConfigureAwait(false))
            {
                yield return signals.Current;
            }
        }
    }

    public Task<IceServerList> IceServersAsync(RoomRef room, CancellationToken cancellationToken)
    {
        var own = _access.RequireParticipation(RequestChecks.Token(RequestChecks.Request(room).Token));
        return Task.FromResult(core.Ice.For(own.User));
    }

    public IAsyncEnumerable<ReadOnlyMemory<byte>> RelayAsync(OpenRelay relay, IAsyncEnumerable<ReadOnlyMemory<byte>> frames, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(relay).Token);
        var peer = RequestChecks.Id(relay.Peer, RoomStorageLimits.MaxId, "peer");
        var link = RequestChecks.Id(relay.Link, MaxLink, "link");
        var own = _access.RequireParticipation(token);
        if (core.Options.MaxRelaysPerSession == 0)
        {
            throw WebRtcErrors.Of(ErrorCodes.NoPath);
        }

        Find(own, peer);
        core.Log.Relaying(own.Session);
        return new RelayCall(core, new RelayKey(token, own.Id, peer, link), own).RunAsync(frames, cancellationToken);
    }

    private static Participation Find(Participation own, string id) =>
        id != own.Id && own.Room.Members.Find(id) is { Reason: null } other ? other : throw WebRtcErrors.Of(ErrorCodes.PeerNotFound);

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<DeliveredSignal> signals, Participation own, CancellationToken cancellationToken)
    {
        try
        {
            return await signals.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw RoomErrors.Of(own.Reason ?? ErrorCodes.NotParticipant);
        }
    }
}
