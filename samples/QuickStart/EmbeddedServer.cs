using System.Net;
using Loop.Sdk.Feeds;
using Loop.Sdk.Server;
using QuickStart.Board;

namespace QuickStart;

/// <summary>A server inside this program, on a free loopback port.</summary>
internal sealed class EmbeddedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmbeddedServer(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>Issues the tokens that the clients present: a host of yours would use its own sign-in instead.</summary>
    public LoopTokenIssuer Tokens => _app.Services.GetRequiredService<LoopTokenIssuer>();

    public static async Task<EmbeddedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var notes = new KeyedFeedSource<int, Note>(static note => note.Id);
        builder.Services.AddLoopServer()
            .AddTokenIssuer()
            .AddContract<IBoard>(session => new Board.Board(session, notes));

        var app = builder.Build();
        app.Urls.Add($"http://{IPAddress.Loopback}:0");
        app.MapLoop("/loop");
        await app.StartAsync();
        return new EmbeddedServer(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
