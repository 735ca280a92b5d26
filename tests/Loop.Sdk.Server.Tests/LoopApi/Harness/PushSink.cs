using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.LoopApi.Harness;

/// <summary>A SimplePush server that notes what comes.</summary>
internal sealed class PushSink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly Channel<(string Url, long Version)> _pushes = System.Threading.Channels.Channel.CreateUnbounded<(string Url, long Version)>();
    private int _urls;

    private PushSink()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>Whether it has had nothing that nobody asked for.</summary>
    public bool IsQuiet => _pushes.Reader.Count == 0;

    /// <summary>Ends the waiting of an answer, when it is set: a server that is slow.</summary>
    public TaskCompletionSource? Hold { get; set; }

    /// <summary>Completes with each push that arrives, before it is answered.</summary>
    public SemaphoreSlim Arrived { get; } = new(0);

    public int Status { get; set; } = 200;

    public static async Task<PushSink> StartAsync()
    {
        var sink = new PushSink();
        await sink._app.StartAsync();
        return sink;
    }

    public string NewUrl() => string.Create(CultureInfo.InvariantCulture, $"{_app.Urls.First()}/push/{Interlocked.Increment(ref _urls)}");

    /// <summary>The next push.</summary>
    public async Task<(string Url, long Version)> NextAsync() => await _pushes.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        Hold?.TrySetResult();
        await _app.DisposeAsync();
        Arrived.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var version = long.Parse(form["version"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture);
        if (context.Request.Method != "PUT" || form.Count != 1 || context.Request.ContentType != "application/x-www-form-urlencoded")
        {
            throw new InvalidOperationException("This is no SimplePush.");
        }

        Arrived.Release();
        if (Hold is { } hold)
        {
            await hold.Task;
        }

        context.Response.StatusCode = Status;
        _pushes.Writer.TryWrite(($"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}", version));
    }
}
