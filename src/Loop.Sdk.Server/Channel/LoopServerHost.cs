using Microsoft.Extensions.Hosting;

namespace Loop.Sdk.Server;

/// <summary>Ties the server to the host's life. It drains before the web server stops, since that would wait for the open WebSockets.</summary>
internal sealed class LoopServerHost(ServerDrain drain, ServerTicker ticker) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => drain.RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await ticker.DisposeAsync().ConfigureAwait(false);
}
