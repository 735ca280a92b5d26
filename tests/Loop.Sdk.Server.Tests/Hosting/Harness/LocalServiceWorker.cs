using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.Hosting.Harness;

/// <summary>The service as a process of its own, and what starts it and ends.</summary>
internal static class LocalServiceWorker
{
    public const string Name = "local-service";
    public const string Starter = "local-starter";

    public static async Task RunAsync(string socket, string version)
    {
        await using var service = await LocalService.ClaimAsync(new LocalServiceOptions { SocketPath = socket, Version = Version.Parse(version) });
        if (service is null)
        {
            return;
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseLoopLocalService(service);
        builder.Services.AddLoopServer(static server =>
        {
            (server.DrainTimeout, server.DrainSpread) = (TimeSpan.FromMilliseconds(100), TimeSpan.Zero);
            server.RateLimits.SessionCalls = null;
        })
            .AddUserAgent()
            .UseSqlite(Path.Combine(Path.GetDirectoryName(socket)!, "browser.db"));
        await using var app = builder.Build();
        app.UseLoopLocalUser("me");
        app.MapLoop("/loop");
        await app.RunAsync();
    }

    public static Task StartAsync(string socket) => LocalServiceFolder.Launcher(socket).EnsureRunningAsync();
}
