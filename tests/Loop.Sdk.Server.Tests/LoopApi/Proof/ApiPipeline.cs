using System.Text;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Loop.Sdk.Server.Tests.LoopApi.Proof;

/// <summary>The API's routes without a network: what a web server would hand over is given as it is, however odd.</summary>
internal sealed class ApiPipeline
{
    private readonly RequestDelegate _run;
    private readonly IServiceProvider _services;

    public ApiPipeline(HttpWorld world)
    {
        _services = world.Services;
        var app = new ApplicationBuilder(_services);
        app.UseRouting();
        app.UseEndpoints(static endpoints => endpoints.MapLoopHttpApi());
        _run = app.Build();
    }

    public async Task<(int Status, string Body)> SendAsync(string method, string target, byte[] body, string type, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext { RequestServices = _services };
        var (path, query) = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? (target[..mark], target[mark..]) : (target, "");
        context.Request.Method = method;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("127.0.0.1", 5000);
        context.Request.Path = new PathString("/" + Uri.UnescapeDataString(path.TrimStart('/')));
        context.Request.QueryString = new QueryString(query);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Request.ContentType = type;
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(body);
        foreach (var (name, value) in headers)
        {
            context.Request.Headers.Append(name, value);
        }

        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await _run(context);
        await context.Response.BodyWriter.CompleteAsync();
        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }
}
