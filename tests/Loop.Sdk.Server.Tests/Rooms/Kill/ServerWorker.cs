using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.Rooms.Kill;

/// <summary>The process that is killed: a whole server with rooms and push on a file.</summary>
internal static class ServerWorker
{
    public const string Name = "rooms-server";

    /// <summary>Printed once the server listens.</summary>
    public const string Ready = "ready";

    public static async Task RunAsync(string file, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddLoopServer(static server =>
        {
            server.AllowAnonymous = true;
            server.RateLimits.SessionCalls = null;
        })
            .AddCredentialValidator<NamedCredentials>()

            // Who left when the server could not hear it keeps a seat until the lease ends.
            .AddRooms(static rooms => rooms.MaxParticipants = 200)
            .AddPush(static push => (push.EndpointRate, push.MaxSubscriptionMessages, push.MaxAccountMessages) = (null, 100_000, 100_000))
            .UseSqlite(file);
        var app = builder.Build();
        app.MapLoop("/loop");
        app.MapLoopPush();
        await app.StartAsync();
        Console.WriteLine(Ready);

        // Whoever started this ends with it.
        while (await Console.In.ReadLineAsync() is not null)
        {
        }
    }
}
