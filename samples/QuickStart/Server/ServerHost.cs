using System.Net;
using Loop.Sdk.Feeds;
using Loop.Sdk.Server;
using QuickStart.Board;

namespace QuickStart.Server;

/// <summary>The server: the application's own service, rooms with WebRTC, and push, which are kept in a file.</summary>
internal static class ServerHost
{
    /// <summary>Printed once the server listens.</summary>
    public const string Ready = "ready";

    public static async Task RunAsync(int port, string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var notes = new KeyedFeedSource<int, Note>(static note => note.Id);
        builder.Services.AddLoopServer(static server => server.AllowAnonymous = true)
            .AddTokenIssuer()
            .AddContract<IBoard>(session => new Board.Board(session, notes))
            .AddWebRtc()
            .AddPush()
            .UseSqlite(file);

        var app = builder.Build();
        app.Urls.Add($"http://{IPAddress.Loopback}:{port}");
        app.MapLoop("/loop");
        app.MapLoopPush();

        // Whoever asks gets a token: a host of yours would use its own sign-in instead.
        app.MapPost("/token/{user}", static (string user, LoopTokenIssuer tokens) => tokens.Issue(user).ToCredentials().Token);
        await app.StartAsync();
        Console.WriteLine(Ready);

        // The parent's end closes the input, however it ended: nothing is left behind.
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await app.StopAsync();
    }
}
