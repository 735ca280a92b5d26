using System.Net;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Server;

/// <summary>
/// Finds the session that a hello wants to go on with, or makes a new one. A resume that cannot be granted, for whatever reason, gives its caller a new
/// session and does nothing to the one that it named: who guesses at secrets neither harms a session nor learns whether it exists.
/// </summary>
internal sealed class SessionOpener(LoopServer server)
{
    /// <summary>Opens or resumes a session and sends the welcome.</summary>
    /// <exception cref="LoopException">There is no room for another session, or the server is going away.</exception>
    /// <exception cref="TimeoutException">The client does not read the welcome.</exception>
    public async ValueTask<Admission> OpenAsync(Hello hello, Identity identity, SessionConnection connection, IPAddress? address)
    {
        var presented = hello.Resume is { } resume ? SecretHash.Of(resume.Secret) : default;
        var peer = hello.Resume is null ? null : await TryResumeAsync(hello.Resume, presented, identity, connection, address).ConfigureAwait(false);
        var resumed = peer is not null;
        if (peer is null)
        {
            peer = Create(hello, identity, connection, address);
        }
        else
        {
            peer.Renew(identity);
        }

        try
        {
            var secret = resumed ? peer.RotateSecret(presented) : peer.StartSecret();
            var welcome = Welcome(peer, hello, secret, resumed);

            // It goes out at once, unless the client takes nothing.
            await connection.SendHandshakeAsync(ControlFrames.Write(welcome)).AsTask().WaitAsync(server.Options.HelloTimeout, server.Clock.Time).ConfigureAwait(false);
        }
        catch
        {
            // What could not be sent to its end may have arrived all the same, and the client may come to resume: so the session is kept like any that
            // lost its connection.
            peer.Release();
            throw;
        }

        return new Admission(peer, connection, resumed ? hello.Resume!.Received : 0);
    }

    private async ValueTask<ServerPeer?> TryResumeAsync(ResumeRequest resume, SecretHash presented, Identity identity, SessionConnection connection, IPAddress? address)
    {
        // Checked first, so that a late attempt cuts nobody off, and again afterwards: while the older connection was being ended, another resume
        // may have come first.
        if (!SessionId.TryParse(resume.Session, out var id)
            || server.Registry.Find(id) is not { } peer
            || !peer.MayResume(presented, identity)
            || !peer.Session.CanResumeFrom(resume.Received)
            || !await peer.TakeOverAsync(connection, address, presented).ConfigureAwait(false))
        {
            return Refused(resume.Session);
        }

        if (!peer.MayResume(presented, identity) || !peer.Session.CanResumeFrom(resume.Received))
        {
            peer.Release();
            return Refused(resume.Session);
        }

        server.Metrics.Resumed(accepted: true);
        return peer;
    }

    private ServerPeer? Refused(string session)
    {
        server.Metrics.Resumed(accepted: false);
        server.Log.ResumeRefused(session);
        return null;
    }

    private ServerPeer Create(Hello hello, Identity identity, SessionConnection connection, IPAddress? address)
    {
        if (server.IsDraining)
        {
            throw new LoopException(ErrorCodes.Draining, "The server is going away.") { Retryable = true };
        }

        var registry = server.Registry;
        if (identity.PrincipalId.Length > 0
            && registry.CountOf(identity.PrincipalId) >= server.Options.Limits.MaxSessionsPerPrincipal
            && registry.LongestDetached(identity.PrincipalId)?.End(new LoopException(ErrorCodes.SessionLost, "The session made room for a newer one."), goAway: null) != true)
        {
            throw new LoopException(ErrorCodes.ResourceExhausted, "The principal has too many sessions.") { Retryable = true };
        }

        if (registry.Count >= server.Options.Limits.MaxSessions)
        {
            throw new LoopException(ErrorCodes.ResourceExhausted, "The server has too many sessions.") { Retryable = true };
        }

        var peer = new ServerPeer(server, SessionId.New(), identity, hello.Limits);
        peer.Own(connection, address);
        registry.Add(peer);
        peer.OnConnected();
        Array.ForEach(server.Greeters, greeter => greeter.Greet(peer));
        return peer;
    }

    private Welcome Welcome(ServerPeer peer, Hello hello, string secret, bool resumed) => new()
    {
        Session = peer.Id.ToString(),
        Secret = server.Options.ResumeWindow == TimeSpan.Zero ? null : secret,
        Services = server.Contracts.IdsOf(hello.Services),
        Limits = server.SessionOptions.Limits,
        KeepAliveMs = (int)server.Options.KeepAlive.TotalMilliseconds,
        ResumeWindowMs = (int)server.Options.ResumeWindow.TotalMilliseconds,
        Resumed = resumed,
        Received = peer.Session.Received,
        ExpiresInMs = peer.ExpiresInMs,
    };
}
