using Loop.Bench.Load.Targets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Loop.Bench.Load.Server;

/// <summary>The server process: hosts one target and prints its port.</summary>
internal static class ServerProgram
{
    // A storm of reconnections must not measure the kernel's one-second SYN retry.
    private const int ListenBacklog = 4096;

    public static async Task<int> RunAsync(string targetName, string workload)
    {
        var target = TargetRegistry.Get(targetName).CreateServer(workload);
        var tracker = new ConnectionTracker();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSockets(options => options.Backlog = ListenBacklog);
        builder.WebHost.ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            listen.Use(next => connection => tracker.TrackAsync(connection, next))));
        target.AddServices(builder.Services);

        await using var app = builder.Build();
        ControlEndpoints.Map(app, target, tracker);
        app.UseWebSockets();
        target.Map(app);
        await app.StartAsync();

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Console.WriteLine($"{ServerOutput.Port}{new Uri(addresses.Addresses.Single()).Port}");
        _ = StopWithParentAsync(app.Lifetime);
        await app.WaitForShutdownAsync();
        return 0;
    }

    // The parent holds the other end of standard input: its end, however it comes, is ours too.
    private static async Task StopWithParentAsync(IHostApplicationLifetime lifetime)
    {
        await Console.In.ReadToEndAsync();
        lifetime.StopApplication();
    }
}
