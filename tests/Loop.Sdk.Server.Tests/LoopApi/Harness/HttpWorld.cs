using System.Net;
using Loop.Sdk.Server.LoopApi;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Harness;
using Loop.Sdk.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.LoopApi.Harness;

/// <summary>A real web server with the API, a channel beside it, and a place that changes are pushed to; on a clock that the test moves.</summary>
internal sealed class HttpWorld : IAsyncDisposable
{
    public const string RoomUrl = "https://hello.example/{token}";

    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly List<ChannelClient> _channels = [];
    private bool _forgetsErrors;

    private HttpWorld(WebApplication app, FakeClock clock, LogRecorder logs, PushSink sink)
    {
        _app = app;
        Clock = clock;
        Logs = logs;
        Sink = sink;
    }

    public FakeClock Clock { get; }

    public LogRecorder Logs { get; }

    public PushSink Sink { get; }

    public IServiceProvider Services => _app.Services;

    public RoomsCore Rooms => Services.GetRequiredService<RoomsCore>();

    public ILoopApiStorage Storage => Services.GetRequiredService<ILoopApiStorage>();

    public Uri Address => new(_app.Urls.First());

    public long Second => Clock.GetUtcNow().ToUnixTimeSeconds();

    public static async Task<HttpWorld> StartAsync(
        Action<LoopHttpApiOptions>? api = null, Action<ILoopServerBuilder>? build = null, Action<RoomsOptions>? rooms = null, Action<WebApplication>? map = null, string pattern = "/")
    {
        var clock = new FakeClock();
        var logs = new LogRecorder();
        var sink = await PushSink.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(clock);
        var server = builder.Services.AddLoopServer(static options =>
        {
            options.AllowAnonymous = true;
            options.KeepAlive = TimeSpan.FromMinutes(10);
            options.RateLimits.AddressConnections = null;
        }).AddCredentialValidator<NamedValidator>();
        server.AddRooms(options =>
        {
            options.SweepInterval = TimeSpan.FromSeconds(1);
            rooms?.Invoke(options);
        }).AddLoopHttpApi(options =>
        {
            options.RoomUrl = RoomUrl;
            options.AllowPrivateNetworks = true;
            api?.Invoke(options);
        });
        build?.Invoke(server);
        var app = builder.Build();
        app.UseWebSockets();
        app.MapLoop("/loop");
        app.MapLoopHttpApi(pattern);
        map?.Invoke(app);
        await app.StartAsync();
        return new HttpWorld(app, clock, logs, sink);
    }

    /// <summary>A client of the API with a new session: of an account, or of nobody.</summary>
    /// <param name="account">The account.</param>
    /// <param name="topics">The topics whose changes are pushed, to an address that only this client has.</param>
    public async Task<HttpUser> UserAsync(string? account = null, params string[] topics)
    {
        var push = Sink.NewUrl();
        var urls = string.Join(',', topics.Select(topic => $"\"{topic}\":\"{push}\""));
        var answer = await SendAsync("POST", "/v0/registration", $$$"""{"simplePushURLs":{{{{urls}}}}}""", account is null ? [] : [("Authorization", $"Bearer token-of-{account}")]);
        Assert.AreEqual(200, answer.Status, answer.Text);
        return new HttpUser(this, answer["Hawk-Session-Token"], push);
    }

    /// <summary>A channel's client.</summary>
    public ChannelClient Channel(string? account)
    {
        var channel = ChannelClient.Create(new ChannelClientOptions
        {
            Endpoint = new UriBuilder(Address) { Scheme = "ws", Path = "/loop" }.Uri,
            CredentialsProvider = account is null ? null : _ => ValueTask.FromResult<Credentials?>(Credentials.Bearer($"token-of-{account}")),
            TimeProvider = Clock,
        });
        _channels.Add(channel);
        return channel;
    }

    /// <summary>A request as it is, without a signature.</summary>
    public async Task<ApiAnswer> SendAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address.GetLeftPart(UriPartial.Authority) + path));
        if (json is not null)
        {
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    /// <summary>A guest's request.</summary>
    public Task<ApiAnswer> GuestAsync(string method, string path, string? json, string token, bool colon = true) =>
        SendAsync(method, path, json, ("Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(token + (colon ? ":" : "")))));

    /// <summary>Errors in the log are what the test wanted.</summary>
    public void ForgetErrors() => _forgetsErrors = true;

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            await channel.DisposeAsync();
        }

        _http.Dispose();
        await _app.DisposeAsync();
        await Sink.DisposeAsync();
        var errors = Logs.Entries.Where(static entry => entry.StartsWith("Error", StringComparison.Ordinal)).ToList();
        Assert.IsTrue(_forgetsErrors || errors.Count == 0, string.Join('\n', errors));
    }
}
