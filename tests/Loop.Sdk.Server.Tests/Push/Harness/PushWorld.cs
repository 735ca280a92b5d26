using Loop.Sdk.Push;
using Loop.Sdk.Server.Push;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Harness;
using Loop.Sdk.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.Push.Harness;

/// <summary>A server with push, on a clock that the test moves. Application servers post without sockets.</summary>
internal sealed class PushWorld : IAsyncDisposable
{
    public const string Origin = "https://push.example";

    private readonly ILoggerFactory _loggers;
    private LoopTestHost? _host;

    private PushWorld() => _loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));

    public FakeClock Clock { get; } = new();

    public LogRecorder Logs { get; } = new();

    public LoopTestHost Host => _host!;

    public PushCore Core => Host.Services.GetRequiredService<PushCore>();

    public IPushStorage Storage => Core.Storage;

    public static async Task<PushWorld> StartAsync(Action<PushOptions>? push = null, Action<ILoopServerBuilder>? build = null)
    {
        var world = new PushWorld();
        var options = new LoopTestHostOptions
        {
            Time = world.Clock,
            LoggerFactory = world._loggers,
            ConfigureServer = static server =>
            {
                server.AllowAnonymous = true;
                server.KeepAlive = TimeSpan.FromMinutes(10);
                server.RateLimits.SessionCalls = null;
            },
        };
        world._host = await LoopTestHost.StartAsync(
            builder =>
            {
                builder.AddPush(options =>
                {
                    options.PublicOrigin = new Uri(Origin);
                    push?.Invoke(options);
                });
                build?.Invoke(builder);
            },
            options);
        return world;
    }

    public PushUser User(string? account) => new(Host.CreateClient(account));

    /// <summary>A user with an agent and a subscription.</summary>
    public async Task<PushUser> SubscriberAsync(string account = "ada", ReadOnlyMemory<byte>? key = null)
    {
        var user = User(account);
        await user.HelloAsync();
        await user.SubscribeAsync(key: key);
        return user;
    }

    /// <summary>An application server's request.</summary>
    public async Task<PushAnswer> SendAsync(string method, string url, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var uri = new Uri(url);
        var context = new DefaultHttpContext { RequestServices = Host.Services };
        context.Request.Method = method;
        context.Request.Scheme = uri.Scheme;
        context.Request.Host = new HostString(uri.Authority);
        context.Request.Path = uri.AbsolutePath;
        context.Request.QueryString = new QueryString(uri.Query);
        context.Request.RouteValues["id"] = uri.Segments[^1];
        context.Request.Body = new MemoryStream(body ?? []);
        context.Request.ContentLength = body?.Length;
        foreach (var (name, value) in headers)
        {
            context.Request.Headers.Append(name, value);
        }

        return await SendAsync(context);
    }

    public async Task<PushAnswer> SendAsync(HttpContext context)
    {
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        var endpoint = Host.Services.GetRequiredService<PushEndpoint>();
        var path = context.Request.Path.Value!;
        await (path.Contains("/m/", StringComparison.Ordinal) ? endpoint.MessageAsync(context) : path.Contains("/r/", StringComparison.Ordinal) ? endpoint.ReceiptsAsync(context) : endpoint.EndpointAsync(context));
        return new PushAnswer(context.Response.StatusCode, context.Response.Headers, answer.ToArray());
    }

    /// <summary>Posts a message that is not encrypted, which our own channel takes.</summary>
    public Task<PushAnswer> PostAsync(string endpoint, string text, string ttl = "60", params (string Name, string Value)[] headers) =>
        SendAsync("POST", endpoint, System.Text.Encoding.UTF8.GetBytes(text), [("TTL", ttl), .. headers]);

    /// <summary>Posts a message that must be taken, and gives its id.</summary>
    public async Task<string> PushAsync(string endpoint, string text, string ttl = "60", params (string Name, string Value)[] headers)
    {
        var answer = await PostAsync(endpoint, text, ttl, headers);
        Assert.IsTrue(answer.Status is 201 or 202, answer.Text);
        return answer["Location"].Split('/')[^1];
    }

    public string Vapid(VapidKeys keys, string? audience = null) => VapidToken.CreateAuthorization(keys, new Uri(audience ?? Origin), "mailto:a@b.example", Clock.GetUtcNow().AddHours(12));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _loggers.Dispose();
    }
}
