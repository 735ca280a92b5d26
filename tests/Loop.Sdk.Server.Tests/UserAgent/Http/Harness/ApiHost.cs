using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Loop.Sdk.Server.UserAgent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.UserAgent.Http.Harness;

/// <summary>The HTTP routes on a real web server, on the loopback address and on a Unix domain socket.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public const string AllowedOrigin = "https://window.example";

    private readonly WebApplication _app;
    private readonly string _folder;

    private ApiHost(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public Uri Address => new(_app.Urls.First(static url => url.StartsWith("http://127", StringComparison.Ordinal)));

    public string SocketPath => Path.Combine(_folder, "agent.sock");

    public IServiceProvider Services => _app.Services;

    public static async Task<ApiHost> StartAsync(Action<UserAgentOptions>? configure = null, string? localAccount = null)
    {
        var folder = Directory.CreateTempSubdirectory("loop-agent-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.ListenUnixSocket(Path.Combine(folder, "agent.sock"));
        });
        builder.Services.AddSingleton<ICredentialValidator, TokenValidator>();
        builder.Services.AddLoopServer(static options =>
        {
            options.AllowAnonymous = true;
            options.AllowedOrigins.Add(AllowedOrigin);
        }).AddUserAgent(configure);
        var app = builder.Build();
        if (localAccount is not null)
        {
            app.UseLoopLocalUser(localAccount);
        }

        app.MapLoopUserAgentApi();
        var host = new ApiHost(app, folder);
        await app.StartAsync();
        return host;
    }

    /// <summary>A client with the token of an account, or with none.</summary>
    public ApiClient Client(string? account = "ada") => new(new HttpClient { BaseAddress = Address }, account);

    /// <summary>A client without a token, over the Unix domain socket.</summary>
    public ApiClient LocalClient()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new ApiClient(new HttpClient(handler) { BaseAddress = new Uri("http://localhost/") }, account: null);
    }

    public async Task<LegacyClient> ConnectAsync(string? account = "ada", string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (account is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {TokenValidator.TokenOf(account)}");
        }

        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/v1/ws" }.Uri, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw new HttpRequestException("Refused.", null, status);
        }

        return new LegacyClient(socket);
    }

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static JsonNode Read(string json) => JsonNode.Parse(json)!;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
