using Microsoft.Extensions.Hosting;

namespace Loop.Sdk.Server.Presence;

/// <summary>Ties presence to the host's life. Rules that contradict each other stop it from starting.</summary>
internal sealed class PresenceHost(PresenceCore core) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        core.Nodes?.Start(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (core.Nodes is { } nodes)
        {
            await nodes.CloseAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        core.Nodes?.Dispose();
        _stop.Dispose();
    }
}
