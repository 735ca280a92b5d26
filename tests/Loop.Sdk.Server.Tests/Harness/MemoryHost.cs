using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using Loop.Sdk.Handshake;
using Loop.Sdk.Frames;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.Harness;

/// <summary>A server without HTTP, on a clock that the test moves.</summary>
internal sealed class MemoryHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public MemoryHost(Action<LoopServerOptions>? configure = null, Action<ILoopServerBuilder>? build = null, bool anonymous = true)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<ILoggerProvider>(Logs);
        var builder = services.AddLoopServer(options =>
        {
            options.AllowAnonymous = anonymous;
            configure?.Invoke(options);
        });
        if (build is null)
        {
            builder.AddContract<ITestContract>(Handler);
        }
        else
        {
            build(builder);
        }

        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        _services.GetRequiredService<ServerTicker>();
        Server = _services.GetRequiredService<LoopServer>();
    }

    public ManualTime Time { get; } = new();

    public LogRecorder Logs { get; } = new();

    public TestHandler Handler { get; } = new();

    public LoopServer Server { get; }

    public IServiceProvider Services => _services;

    public IHostedLifecycleService Lifecycle => (IHostedLifecycleService)_services.GetServices<IHostedService>().Single(service => service is LoopServerHost);

    /// <summary>What ends when the server is done with the last connection that was made.</summary>
    public Task Accepted { get; private set; } = Task.CompletedTask;

    /// <summary>Connects, without a hello.</summary>
    public RawClient Connect(IPAddress? address = null, ClaimsPrincipal? user = null, DateTimeOffset? userExpiresAt = null, bool failWrites = false)
    {
        var (client, server) = StreamPair.Create(failWrites);
        var socket = WebSocket.CreateFromStream(server, new WebSocketCreationOptions { IsServer = true, SubProtocol = FrameLimits.Subprotocol });
        var origin = new ChannelOrigin { RemoteAddress = address, User = user, UserExpiresAt = userExpiresAt };
        Accepted = Server.AcceptAsync(socket, origin, CancellationToken.None);
        return new RawClient(WebSocket.CreateFromStream(client, new WebSocketCreationOptions { SubProtocol = FrameLimits.Subprotocol }));
    }

    /// <summary>Connects with a hello that must be welcomed.</summary>
    public Task<RawClient> OpenAsync(Hello? hello = null) => Connect().HelloAsync(hello);

    /// <summary>Connects with a hello that resumes. The moment that an older connection gets to end passes at once, and no other time.</summary>
    public async Task<RawClient> ResumeAsync(Hello hello)
    {
        var moment = TimeSpan.FromMilliseconds(100);
        var opening = OpenAsync(hello);
        while (!opening.IsCompleted)
        {
            if (Time.IsAwaited(moment))
            {
                Time.Advance(moment);
            }

            await Task.Yield();
        }

        return await opening;
    }

    /// <summary>Moves the clock, step by step, until something is the case.</summary>
    public async Task PassTimeUntilAsync(Func<bool> condition, TimeSpan step)
    {
        for (var round = 0; !condition(); round++)
        {
            Assert.IsLessThan(1_000_000, round);
            Time.Advance(step);
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in Server.Registry.Sessions)
        {
            session.Abort();
        }

        await _services.DisposeAsync();
    }
}
