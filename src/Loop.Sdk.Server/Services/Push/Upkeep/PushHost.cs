using Loop.Sdk.Feeds;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Hosting;

namespace Loop.Sdk.Server.Push;

/// <summary>Removes what has expired, from the host's start to its end.</summary>
internal sealed class PushHost(PushCore core) : IHostedService, IAsyncDisposable
{
    private const int AtOnce = 500;

    private static readonly long SeenInterval = (long)TimeSpan.FromHours(12).TotalMilliseconds;

    private readonly CancellationTokenSource _stop = new();
    private ITimer? _timer;
    private Pump? _sweep;
    private long _seenAt;
    private bool _isDisposed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _seenAt = core.Now;
        _sweep = new Pump(RunAsync);
        _timer = core.Time.CreateTimer(static pump => ((Pump)pump!).Signal(), _sweep, core.Options.SweepInterval, core.Options.SweepInterval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => EndAsync();

    // Called twice: it is a service, and a hosted one.
    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await EndAsync().ConfigureAwait(false);
            _stop.Dispose();
        }
    }

    /// <summary>Removes all that has expired.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await SeeAsync(cancellationToken).ConfigureAwait(false);
        int messages = 0, agents = 0;
        PushSweepResult result;
        do
        {
            var now = core.Now;
            var sweep = new PushSweep { Now = now, AgentsBefore = Before(now, core.Options.AgentLifetime), GoneBefore = Before(now, core.Options.GoneLifetime), Limit = AtOnce };
            result = await core.Storage.SweepAsync(sweep, cancellationToken).ConfigureAwait(false);
            core.Receipts.Signal(result.Receipts);
            foreach (var agent in result.Agents)
            {
                core.Attachments.Removed(agent);
            }

            messages += result.Messages;
            agents += result.Agents.Count;
        }
        while (result.More);

        core.Metrics.Ended(PushOutcome.Expired, messages);
        if (messages + agents > 0)
        {
            core.Log.Swept(messages, agents);
        }
    }

    private static long Before(long now, TimeSpan lifetime) => Math.Max(0, now - (long)lifetime.TotalMilliseconds);

    // Agents that stay connected are seen too.
    private async Task SeeAsync(CancellationToken cancellationToken)
    {
        if (core.Now - _seenAt < SeenInterval)
        {
            return;
        }

        _seenAt = core.Now;
        foreach (var part in core.Attachments.Agents.Chunk(AtOnce))
        {
            await Task.WhenAll(part.Select(agent => core.Storage.Agents.TouchAsync(agent, _seenAt, cancellationToken))).ConfigureAwait(false);
        }
    }

    private async Task EndAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_timer is { } timer)
        {
            await timer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            if (!_stop.IsCancellationRequested)
            {
                await SweepAsync(_stop.Token).ConfigureAwait(false);
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
