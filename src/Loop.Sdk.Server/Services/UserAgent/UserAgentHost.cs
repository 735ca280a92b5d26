using Loop.Sdk.Feeds;
using Microsoft.Extensions.Hosting;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Removes keys that are too old, from the host's start to its end; and at the start what was deleted by a process that died before it was gone.</summary>
internal sealed class UserAgentHost(UserAgentCore core) : IHostedService, IAsyncDisposable
{
    private const int AtOnce = 1000;

    private readonly CancellationTokenSource _stop = new();
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var interval = core.Options.SweepInterval;
        var pump = new Pump(RunAsync);
        _timer = core.Time.CreateTimer(static pump => ((Pump)pump!).Signal(), pump, interval, interval);
        pump.Signal();
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

    private async Task SettleAsync()
    {
        if (await core.Storage.IsUnsettledAsync(_stop.Token).ConfigureAwait(false))
        {
            await core.Storage.SettleAsync(_stop.Token).ConfigureAwait(false);
            core.Log.Settled();
        }
    }

    private async Task SweepAsync()
    {
        var before = UserAgentChecks.Micros(core.Time.GetUtcNow() - core.Options.KeyLifetime);
        var (total, removed) = (0, 0);
        do
        {
            removed = await core.Storage.SweepKeysAsync(Math.Max(0, before), AtOnce, _stop.Token).ConfigureAwait(false);
            total += removed;
        }
        while (removed == AtOnce);

        if (total > 0)
        {
            core.Log.Swept(total);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            if (!_stop.IsCancellationRequested)
            {
                await SettleAsync().ConfigureAwait(false);
                await SweepAsync().ConfigureAwait(false);
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
