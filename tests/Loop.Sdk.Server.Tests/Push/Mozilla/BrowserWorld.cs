using System.Net;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Push;
using Loop.Sdk.Server.Tests.Harness;
using Loop.Sdk.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.Push.Mozilla;

/// <summary>A push service for browsers, with real sockets on the loopback address, on a clock that the test moves.</summary>
internal sealed class BrowserWorld : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;

    private BrowserWorld()
    {
    }

    public FakeClock Clock { get; } = new();

    /// <summary>Warnings and errors.</summary>
    public LogRecorder Logs { get; } = new();

    public Uri Address => new(_app.Urls.First());

    public Uri ServiceAddress => new UriBuilder(Address) { Scheme = "ws" }.Uri;

    public IPushBroadcasts Broadcasts => _app.Services.GetRequiredService<IPushBroadcasts>();

    public IServiceProvider Services => _app.Services;

    public PushCore Core => Services.GetRequiredService<PushCore>();

    public static async Task<BrowserWorld> StartAsync(Action<PushServiceOptions>? service = null, Action<ILoopServerBuilder>? build = null)
    {
        var world = new BrowserWorld();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddProvider(world.Logs);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(world.Clock);
        builder.Services.Configure<PushServiceOptions>(options => service?.Invoke(options));
        var server = builder.Services.AddLoopServer().AddPush();
        build?.Invoke(server);
        world._app = builder.Build();
        world._app.MapLoopPush();
        world._app.MapLoopPushService();
        await world._app.StartAsync();
        return world;
    }

    public Task<Browser> ConnectAsync() => Browser.ConnectAsync(ServiceAddress);

    /// <summary>A browser that said hello.</summary>
    public async Task<Browser> OpenAsync(string? uaid = null)
    {
        var browser = await ConnectAsync();
        await browser.HelloAsync(uaid);
        return browser;
    }

    /// <summary>A browser with a subscription.</summary>
    public async Task<Browser> SubscriberAsync(string? key = null)
    {
        var browser = await OpenAsync();
        await browser.RegisterAsync(key: key);
        return browser;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await _http.SendAsync(request);
    }

    /// <summary>Posts as Mozilla's own test client does.</summary>
    public async Task<(int Status, string Location)> PostAsync(string endpoint, string? text = "data", string ttl = "60", string? topic = null, string? authorization = null, string? vapidKey = null)
    {
        List<(string, string)> headers = [("TTL", ttl), ("Content-Encoding", "aesgcm"), ("Encryption", "keyid=\"a1\";salt=\"c2FsdHNhbHRzYWx0c2FsdA==\"")];
        headers.Add(("Crypto-Key", $"keyid=\"a1\"; dh=\"AAAA\"{(vapidKey is null ? "" : $";p256ecdsa=\"{vapidKey}\"")}"));
        headers.AddRange(topic is null ? [] : [("Topic", topic)]);
        headers.AddRange(authorization is null ? [] : [("Authorization", authorization)]);
        using var answer = await SendAsync(HttpMethod.Post, endpoint, text is null ? [] : System.Text.Encoding.UTF8.GetBytes(text), [.. headers]);
        Assert.IsTrue(!answer.IsSuccessStatusCode || answer.Headers.GetValues("TTL").Single() == ttl);
        return ((int)answer.StatusCode, answer.Headers.Location?.ToString() ?? "");
    }

    /// <summary>The token of a draft's header, and its key.</summary>
    public (string Token, string Key) Vapid(VapidKeys keys, string? subject = "mailto:a@b.example")
    {
        var header = VapidToken.CreateAuthorization(keys, Address, subject, Clock.GetUtcNow().AddHours(12));
        return (header.Split("t=")[1].Split(',')[0], keys.ToPublicText());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
