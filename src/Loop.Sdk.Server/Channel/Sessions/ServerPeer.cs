using System.Net;
using System.Security.Claims;
using Loop.Sdk.Calls;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Server;

/// <summary>The server's end of one session. It is made small: there are many of them, and most are idle.</summary>
internal sealed partial class ServerPeer : Peer
{
    private readonly LoopServer _server;
    private Identity _identity;
    private LoopSession? _context;
    private AddressGate? _address;
    private RateGate _calls;

    public ServerPeer(LoopServer server, SessionId id, Identity identity, PeerLimits remote)
        : base(SessionSide.Server, server.SessionOptions, remote, server.Clock)
    {
        _server = server;
        _identity = identity;
        Id = id;
    }

    public SessionId Id { get; }

    public LoopServer Server => _server;

    public string PrincipalId => _identity.PrincipalId;

    public ClaimsPrincipal Principal => _identity.Principal;

    /// <summary>Where the last connection came from, or null if that has no address.</summary>
    public IPAddress? RemoteAddress { get; private set; }

    /// <summary>The session as its handlers see it.</summary>
    public LoopSession Context => _context ?? CreateContext();

    /// <summary>The contracts of clients are named in full: their side gives no ids.</summary>
    public override int ServiceIdOf(string contract) => 0;

    protected override SessionStream OnOpen(in OpenHeader header)
    {
        // Counted before anything is looked up, so that guessing at services and methods is no cheaper than calling them.
        if (!_server.RateLimiter.TryCall(ref _calls, _address, Clock.Now))
        {
            throw new LoopException(ErrorCodes.RateLimited, "Too many calls.") { Retryable = true };
        }

        if (_server.IsDraining)
        {
            throw new LoopException(ErrorCodes.Draining, "The server is going away.") { Retryable = true };
        }

        var binding = header.ServiceName is { } name ? _server.Contracts.Find(name) : _server.Contracts.Find(header.ServiceId);
        return binding is null ? throw new LoopException(ErrorCodes.UnknownService, "The server has no such service.") : binding.Open(this, header);
    }

    public override void OnGoAway(GoAway goAway)
    {
        Interlocked.CompareExchange(ref _howEnded, new(ErrorCodes.Closed, IsGoodbye: true), null);
        End(new LoopException(ErrorCodes.Closed, "The client closed the channel."), goAway: null);
    }

    public override void OnOverflow(LoopException reason) => End(reason, new GoAway(reason.Code, Verdict.Reconnect) { Message = reason.Message });

    protected override void OnReceived() => ConfirmSecret();

    private LoopSession CreateContext()
    {
        Interlocked.CompareExchange(ref _context, new LoopSession(this), null);
        if (IsEnded)
        {
            // Whoever ended the session may have looked before the context was there.
            _context.End();
        }

        return _context;
    }
}
