namespace Loop.Sdk.Server;

/// <summary>The one timer of the server: it ends what is overdue in every session, and sweeps what nobody came back for.</summary>
internal sealed class ServerTicker : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly LoopServer _server;
    private readonly ITimer _timer;
    private int _running;

    public ServerTicker(LoopServer server)
    {
        _server = server;
        _timer = server.Clock.Time.CreateTimer(static state => ((ServerTicker)state!).Tick(), this, Interval, Interval);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Tick()
    {
        // With very many sessions a round may take longer than the interval: then the next one is left out.
        if (Interlocked.CompareExchange(ref _running, 1, 0) != 0)
        {
            return;
        }

        try
        {
            var now = _server.Clock.Now;
            foreach (var session in _server.Registry.Sessions)
            {
                session.Tick(now);
            }

            _server.RateLimiter.Sweep(now);
        }
#pragma warning disable CA1031 // An exception in a timer's callback would end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _server.Log.TickFailed(exception);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
