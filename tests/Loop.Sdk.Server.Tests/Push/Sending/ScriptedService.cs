using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.Push.Sending;

/// <summary>A push service that answers what it is told to.</summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(int Status, string? RetryAfter)> _answers = new();

    private ScriptedService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public ConcurrentQueue<IHeaderDictionary> Requests { get; } = new();

    /// <summary>Completes with the next request.</summary>
    public SemaphoreSlim Arrived { get; } = new(0);

    public Uri Endpoint => new(new Uri(_app.Urls.First()), "/send/secret");

    public static async Task<ScriptedService> StartAsync()
    {
        var service = new ScriptedService();
        await service._app.StartAsync();
        return service;
    }

    public void Answer(int status, string? retryAfter = null) => _answers.Enqueue((status, retryAfter));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Arrived.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
        Assert.IsTrue(_answers.TryDequeue(out var answer));
        context.Response.StatusCode = answer.Status;
        context.Response.Headers.RetryAfter = answer.RetryAfter;
        if (answer.Status is >= 300 and < 400)
        {
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
        }

        Arrived.Release();
        return context.Response.WriteAsync(answer.Status < 300 ? "" : "because");
    }
}
