using Loop.Sdk.Feeds;
using Microsoft.Extensions.Hosting;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Runs what rooms need done from time to time, from the host's start to its end.</summary>
internal sealed class RoomsHost(RoomsCore core) : IHostedService, IAsyncDisposable
{
    // Three attempts to prolong a participation before it expires.
    private const int RenewalsInLease = 6;

    private readonly CancellationTokenSource _stop = new();
    private readonly Sweeper _sweeper = new(core);
    private ITimer? _sweepTimer;
    private ITimer? _renewTimer;
    private Pump? _sweep;
    private Pump? _renew;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sweep = new Pump(SweepAsync);
        _renew = new Pump(RenewAsync);
        _sweepTimer = Start(_sweep, core.Options.SweepInterval);
        _renewTimer = Start(_renew, core.Options.Lease / RenewalsInLease);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await StopTimersAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await StopTimersAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private ITimer Start(Pump pump, TimeSpan interval) => core.Time.CreateTimer(static pump => ((Pump)pump!).Signal(), pump, interval, interval);

    private async ValueTask StopTimersAsync()
    {
        if (_sweepTimer is { } sweep && _renewTimer is { } renew)
        {
            await sweep.DisposeAsync().ConfigureAwait(false);
            await renew.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task SweepAsync() => RunAsync(async () =>
    {
        core.Live.RefreshStale();
        await _sweeper.SweepAsync(_stop.Token).ConfigureAwait(false);
    });

    private Task RenewAsync() => RunAsync(() => core.Leases.RenewAllAsync(_stop.Token));

    private async Task RunAsync(Func<Task> run)
    {
        try
        {
            if (!_stop.IsCancellationRequested)
            {
                await run().ConfigureAwait(false);
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
            core.Log.SweepFailed(exception);
        }
    }
}
