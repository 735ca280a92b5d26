using Loop.Sdk.Handshake;

namespace Loop.Sdk.Server;

/// <summary>Empties the server before the host stops: clients are told and spread their new connections, open calls get time to end.</summary>
internal sealed class ServerDrain(LoopServer server)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Empties the server. Afterwards it has no sessions.</summary>
    /// <param name="cancellationToken">The host's patience is at an end: whatever is left is cut off.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        server.BeginDrain();
        server.Log.Draining(server.Registry.Count);
        foreach (var session in server.Registry.Sessions.Where(static session => session.IsAttached))
        {
            session.Session.SendGoAway(Notice());
        }

        var time = server.Clock.Time;
        try
        {
            var started = time.GetTimestamp();
            while (EndIdle() && time.GetElapsedTime(started) < server.Options.DrainTimeout)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }

            End(static _ => true);
            await server.Registry.WhenEmptyAsync().WaitAsync(CloseTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            End(static _ => true);
            foreach (var session in server.Registry.Sessions)
            {
                session.Abort();
            }

            await server.Registry.WhenEmptyAsync().ConfigureAwait(false);
        }
    }

    // Ends the sessions without open calls. Whether any have some left.
    private bool EndIdle()
    {
        End(static session => session.Session.IsIdle || !session.IsAttached);
        return server.Registry.Sessions.Any(static session => !session.IsEnded);
    }

    private void End(Func<ServerPeer, bool> which)
    {
        foreach (var session in server.Registry.Sessions.Where(which))
        {
            session.End(new LoopException(ErrorCodes.Draining, "The server is going away.") { Retryable = true }, Notice());
        }
    }

    private GoAway Notice()
    {
        var spread = (int)server.Options.DrainSpread.TotalMilliseconds;
#pragma warning disable CA5394 // Chance, not secrecy.
        return new(ErrorCodes.Draining, Verdict.Reconnect) { Message = "The server is going away.", RetryAfterMs = Random.Shared.Next((spread / 2) + 1, spread + 2) };
#pragma warning restore CA5394
    }
}
