using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.InteropTests.Harness;

/// <summary>A real host of push on loopback, on a file: for browsers at <c>/</c>, for the channel at <c>/loop</c>, and for those who post. It can be started again in the same place.</summary>
internal sealed class PushHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loop-push-").FullName;
    private WebApplication _app = null!;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public Uri Service => new UriBuilder(Address) { Scheme = "ws" }.Uri;

    public Uri Channel => new(Service, "/loop");

    public IServiceProvider Services => _app.Services;

    /// <summary>Whether receivers are turned away, while those who post are served.</summary>
    public bool IsRefusing { get; set; }

    public static async Task<PushHost> StartAsync()
    {
        var host = new PushHost();
        await host.OpenAsync();
        return host;
    }

    /// <summary>Ends the server without a goodbye to anybody, and starts it again.</summary>
    public async Task RestartAsync()
    {
        await _app.DisposeAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.AbsoluteUri);
        builder.Services.AddLoopServer().AddCredentialValidator<NameCredentials>().AddPush()
            .AddWebPushSender(static options => (options.Subject, options.AllowPrivateNetworks) = ("mailto:ops@push.example", true))
            .UseSqlite(Path.Combine(_folder, "loop.db"));
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            if (IsRefusing && context.Request.Path is { Value: "/" or "/loop" })
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Task.CompletedTask;
            }

            return next(context);
        });
        _app.MapLoop("/loop");
        _app.MapLoopPush();
        _app.MapLoopPushService("/");
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }
}
