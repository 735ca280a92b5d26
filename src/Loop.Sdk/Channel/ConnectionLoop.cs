using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Diagnostics;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;
using Loop.Sdk.Reconnect;
using Loop.Sdk.Serving;
using Loop.Sdk.Transport;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Channels;

/// <summary>Makes connections one after the other, and carries the session over them, until the channel is closed.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source holds no timer and no handle, and is cancelled when the loop is stopped.")]
internal sealed partial class ConnectionLoop(
    ChannelClientOptions options, ConnectionOpener opener, Reauthentication? reauthentication, CredentialExpiry expiry, SessionQueue sessions, StateHub states, ServedContracts served, Clock clock,
    ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Backoff _backoff = new(options.Reconnect, options.Random);
    private readonly RetryWait _wait = new(options.TimeProvider);
    private Task? _running;
    private bool _refused;

    /// <summary>Cancelled when the channel is closed.</summary>
    public CancellationToken Stopping => _lifetime.Token;

    /// <summary>Starts making connections, unless that was done before or the channel is closed.</summary>
    public void Open()
    {
        if (Volatile.Read(ref _running) is not null)
        {
            return;
        }

        lock (_lock)
        {
            if (_running is null && sessions.End is null)
            {
                states.Move(ChannelState.Connecting);
                Watch();
                _running = Start();
            }
        }
    }

    /// <summary>Closes the channel for good: calls fail at once, and the server is told if there is a connection.</summary>
    /// <returns>Completes when the last connection has ended. Never fails.</returns>
    public Task Close(LoopException reason)
    {
        lock (_lock)
        {
            if (sessions.Close(reason))
            {
                Unwatch();
                states.Move(ChannelState.Closed, reason.Code);
                sessions.Current?.Session.Close(reason);
                SayGoodbye();

                // What the application registered with the token does not run in the caller's turn.
                _ = _lifetime.CancelAsync();
            }

            return _running ?? Task.CompletedTask;
        }
    }

    // The loop outlives whoever happens to make the first call, so it must not keep that one's context, nor be traced as a part of it.
    private Task Start()
    {
        using var restore = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var attempt = await ConnectAsync().ConfigureAwait(false);
                var end = attempt.Carrying is null ? attempt.End : await CarryAsync(attempt).ConfigureAwait(false);
                if (IsFinal(end))
                {
                    logger.Stopped(end.Reason.Code, end.Reason.Message);
                    _ = Close(end.Reason);
                    return;
                }

                var delay = _backoff.Next(end.RetryAfterMs);
                logger.Waiting(delay);
                await _wait.WaitAsync(delay, Stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (sessions.End is not null)
        {
            // The channel was closed.
        }
#pragma warning disable CA1031 // A logger or a clock may throw anything. Nobody is to wait for a channel that has no loop any more.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _ = Close(new LoopException(ErrorCodes.Internal, "The channel failed.", exception));
        }
    }

    private async Task<Attempt> ConnectAsync()
    {
        _wait.Begin();
        var resume = sessions.Current is { IsResumable: true } current ? current : null;
        try
        {
            return Carry(await opener.OpenAsync(resume, Stopping).ConfigureAwait(false), resume);
        }
        catch (GoAwayException refusal)
        {
            return Failed(ConnectionEnd.Of(refusal.GoAway));
        }
        catch (OperationCanceledException) when (sessions.End is not null)
        {
            throw;
        }
#pragma warning disable CA1031 // The credentials provider and the hooks are the application's: whatever they throw is a failed attempt.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Failed(new ConnectionEnd(exception as LoopException ?? new LoopException(ErrorCodes.Unavailable, exception.Message, exception), Verdict.Resume));
        }
    }

    private Attempt Carry(in OpenedConnection opened, ClientPeer? resume)
    {
        ClientPeer? peer = null;
        try
        {
            peer = Adopt(opened.Welcome, resume);
            return peer is null
                ? Failed(new ConnectionEnd(new LoopException(ErrorCodes.SessionLost, "The server resumes a session that cannot go on."), Verdict.Reconnect))
                : new Attempt(peer, opened.Connection.Socket, peer.RunAsync(opened.Connection, opened.Welcome.Received), Resumed: peer == resume);
        }
        finally
        {
            if (peer is null)
            {
                opened.Connection.Socket.Dispose();
            }
        }
    }

    private ClientPeer? Adopt(Welcome welcome, ClientPeer? resume)
    {
        _refused = false;
        expiry.Set(welcome);
        if (welcome.Resumed)
        {
            if (resume is null || !resume.Session.CanResumeFrom(welcome.Received))
            {
                return null;
            }

            resume.Resume(welcome);
            return resume;
        }

        var lost = sessions.Current;
        var peer = new ClientPeer(welcome, options.Session, expiry, served, clock);
        if (!sessions.Open(peer))
        {
            throw new OperationCanceledException(Stopping);
        }

        // The new session comes first, so that whatever starts over finds it at once.
        lost?.Session.Close(new LoopException(ErrorCodes.SessionLost, "The session could not be resumed."));
        return peer;
    }

    private async Task<ConnectionEnd> CarryAsync(Attempt attempt)
    {
        using var socket = attempt.Socket;
        var (peer, resumed) = (attempt.Peer!, attempt.Resumed);
        if (sessions.End is not null)
        {
            // The channel was closed before there was a connection to say it on.
            SayGoodbye();
        }

        var reconnected = states.State == ChannelState.Reconnecting;
        states.Move(ChannelState.Connected, reconnected && !resumed ? ErrorCodes.SessionLost : null, resumed);
        logger.Connected(peer.Id, resumed);
        LoopMetrics.Connected(reconnected, resumed);
        var failure = await attempt.Carrying!.ConfigureAwait(false);
        LoopMetrics.Disconnected();
        if (sessions.End is not null)
        {
            throw new OperationCanceledException(Stopping);
        }

        _wait.Begin();
        var end = peer.Judge(failure);
        _backoff.OnLost(clock.Now);
        LoseSessionIf(end);
        logger.Lost(end.Reason.Code, end.Verdict, failure);
        if (end.Verdict != Verdict.Stop || MayAskAgain(end))
        {
            states.Move(ChannelState.Reconnecting, end.Reason.Code);
        }

        return end;
    }

    private Attempt Failed(ConnectionEnd end)
    {
        LoseSessionIf(end);
        logger.Failed(end.Reason.Code, end.Verdict, end.Reason.InnerException ?? end.Reason);
        if (end.Verdict != Verdict.Stop)
        {
            states.Move(states.State, end.Reason.Code);
        }

        return new Attempt(end);
    }

    private void LoseSessionIf(in ConnectionEnd end)
    {
        if (end.Verdict == Verdict.Reconnect)
        {
            sessions.Current?.Session.Close(new LoopException(ErrorCodes.SessionLost, $"The session is over: {end.Reason.Message}", end.Reason));
        }
    }

    // Refused credentials may merely be stale. Fresh ones get one chance.
    private bool IsFinal(in ConnectionEnd end)
    {
        if (end.Verdict != Verdict.Stop)
        {
            return false;
        }

        var final = !MayAskAgain(end);
        _refused = true;
        return final;
    }

    private bool MayAskAgain(in ConnectionEnd end) => end.Reason.Code == ErrorCodes.Unauthenticated && reauthentication is not null && !_refused;

    private void SayGoodbye() => sessions.Current?.Connection?.Finish(Farewell.Of(new GoAway(ErrorCodes.Closed, Verdict.Stop)));
}
