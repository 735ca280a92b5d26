using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Hosting;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Removes what has expired, from the host's start to its end.</summary>
internal sealed class LoopApiHost(ILoopApiStorage storage, HawkGate hawk, HawkSessions sessions, PushAddresses addresses, TimeProvider time, LoopApiLog log) : IHostedService, IAsyncDisposable
{
    private const int AtOnce = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stop = new();
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var sweep = new Pump(SweepAsync);
        _timer = time.CreateTimer(static pump => ((Pump)pump!).Signal(), sweep, Interval, Interval);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_timer is { } timer)
        {
            await timer.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task SweepAsync()
    {
        try
        {
            var now = time.GetUtcNow();
            hawk.Nonces.Sweep(now.ToUnixTimeSeconds());
            sessions.Recent.Sweep();
            addresses.None.Sweep();
            while (!_stop.IsCancellationRequested && await storage.SweepAsync(now.ToUnixTimeMilliseconds(), AtOnce, _stop.Token).ConfigureAwait(false) == AtOnce)
            {
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The host goes away, and perhaps the store before it.
        }
#pragma warning disable CA1031 // Whatever fails is tried again at the next time.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.SweepFailed(exception);
        }
    }
}
