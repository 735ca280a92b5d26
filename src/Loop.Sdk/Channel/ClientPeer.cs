using System.Collections.Frozen;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;
using Loop.Sdk.Serving;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Channels;

/// <summary>The client's end of one session, over all its connections.</summary>
internal sealed class ClientPeer : Peer
{
    // How long the server may take to answer when there is reason to doubt that it is still there.
    private const long ProbeMs = 3_000;

    private static readonly FrozenDictionary<string, int> NoIds = FrozenDictionary<string, int>.Empty;

    private readonly CredentialExpiry _expiry;
    private readonly ServedContracts _served;
    private IReadOnlyDictionary<string, int> _services;
    private TaskCompletionSource? _authentication;
    private GoAway? _goAway;
    private long _probedAt;
    private volatile bool _timedOut;

    public ClientPeer(Welcome welcome, SessionOptions options, CredentialExpiry expiry, ServedContracts served, Clock clock)
        : base(SessionSide.Client, OptionsFor(welcome, options), welcome.Limits, clock)
    {
        _expiry = expiry;
        _served = served;
        _services = IdsIn(welcome);
        Id = welcome.Session;
        Secret = welcome.Secret;
    }

    public string Id { get; }

    /// <summary>What the next resume presents, or null if there can be none.</summary>
    public string? Secret { get; private set; }

    /// <summary>Whether a new connection can carry on with the session, as far as this end knows.</summary>
    public bool IsResumable => Secret is not null && Session.Closed is null;

    /// <summary>Whether the server takes no new calls on the session, because it is going away.</summary>
    public bool IsLeaving => Volatile.Read(ref _goAway) is { Verdict: not Verdict.Resume };

    /// <summary>The server welcomed another connection to the session.</summary>
    public void Resume(Welcome welcome)
    {
        Secret = welcome.Secret;
        Volatile.Write(ref _services, IdsIn(welcome));
        Volatile.Write(ref _goAway, null);
        _timedOut = false;
        Volatile.Write(ref _probedAt, 0);
    }

    public override int ServiceIdOf(string contract) => Volatile.Read(ref _services).GetValueOrDefault(contract);

    // The client gives no ids to its contracts, so a server names them in full.
    protected override SessionStream OnOpen(in OpenHeader header) =>
        header.ServiceName is { } name && _served.Find(name) is { } contract
            ? contract.Open(this, header)
            : throw new LoopException(ErrorCodes.UnknownService, "The client has no such service.");

    // The connection may stay for a while, so that calls under way come to their end.
    public override void OnGoAway(GoAway goAway) => Volatile.Write(ref _goAway, goAway);

    public override void OnAuthResult(AuthResult result)
    {
        var authentication = Interlocked.Exchange(ref _authentication, null);
        if (result.Accepted)
        {
            _expiry.Set(result);
            authentication?.TrySetResult();
        }
        else if (authentication is not null)
        {
            // Not the credentials in force but the new ones were refused. When to try again is decided already.
            Fail(authentication, new LoopException(ErrorCodes.Unauthenticated, "The server refused the new credentials."));
        }
        else
        {
            _expiry.Set(result);
        }
    }

    // The session ends, not the channel: what can start over on the next session is to do so.
    public override void OnOverflow(LoopException reason) =>
        base.OnOverflow(new LoopException(ErrorCodes.SessionLost, "The session ended because too much waited to be sent.", reason));

    /// <summary>Sends new credentials, and completes when the server accepts them.</summary>
    /// <exception cref="LoopException">The connection ended first; the code says why. Retryable unless the credentials were refused.</exception>
    public Task AuthenticateAsync(Credentials credentials)
    {
        var authentication = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _authentication, authentication)?.TrySetCanceled();
        Session.SendAuth(credentials);
        return authentication.Task;
    }

    /// <summary>Does what time asks for. Cuts the connection if it is dead.</summary>
    public void Tick(long now)
    {
        var alive = Session.Tick(now) && !IsProbeLost(now);
        if (!alive && Connection is { } silent)
        {
            _timedOut = true;
            silent.Abort();
        }
    }

    /// <summary>Finds out quickly whether the connection is still there.</summary>
    public void Probe(long now)
    {
        Volatile.Write(ref _probedAt, now);
        Session.Ping(now);
    }

    /// <summary>Says what is to be done after the connection ended, and fails what depended on it.</summary>
    /// <param name="failure">What the connection ended with, or null if the server closed it.</param>
    public ConnectionEnd Judge(Exception? failure)
    {
        var end = Explain(failure);
        Volatile.Write(ref _probedAt, 0);
        if (Interlocked.Exchange(ref _authentication, null) is { } authentication)
        {
            Fail(authentication, new LoopException(end.Reason.Code, end.Reason.Message, end.Reason) { Retryable = end.Verdict != Verdict.Stop });
        }

        return end;
    }

    private static void Fail(TaskCompletionSource authentication, LoopException error)
    {
        authentication.TrySetException(error);

        // Whoever asked may have given up.
        _ = authentication.Task.Exception;
    }

    private ConnectionEnd Explain(Exception? failure)
    {
        if (Volatile.Read(ref _goAway) is { } goAway)
        {
            return ConnectionEnd.Of(goAway);
        }

        if (Session.Closed is { } closed)
        {
            return new ConnectionEnd(closed, Verdict.Reconnect);
        }

        if (_timedOut)
        {
            return new ConnectionEnd(new LoopException(ErrorCodes.KeepAliveTimeout, "The server was silent for too long."), Verdict.Resume);
        }

        return failure is LoopException broken
            ? new ConnectionEnd(broken, Verdict.Reconnect)
            : new ConnectionEnd(new LoopException(ErrorCodes.Unavailable, "The connection was lost.", failure), Verdict.Resume);
    }

    private bool IsProbeLost(long now)
    {
        var probedAt = Volatile.Read(ref _probedAt);
        if (probedAt == 0)
        {
            return false;
        }

        if (Session.LastReceivedAt >= probedAt)
        {
            Volatile.Write(ref _probedAt, 0);
            return false;
        }

        return now - probedAt >= ProbeMs;
    }

    private static IReadOnlyDictionary<string, int> IdsIn(Welcome welcome) => welcome.Services.Count == 0 ? NoIds : welcome.Services;

    private static SessionOptions OptionsFor(Welcome welcome, SessionOptions options) =>
        welcome.KeepAliveMs == options.KeepAliveMs ? options : options with { KeepAliveMs = welcome.KeepAliveMs };
}
