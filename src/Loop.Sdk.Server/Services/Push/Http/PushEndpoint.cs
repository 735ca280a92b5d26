using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loop.Sdk.Server.Push;

/// <summary>The HTTP side of push: hands requests to whoever serves them, and writes refusals. Any page may ask: nothing here depends on cookies.</summary>
internal sealed class PushEndpoint(PushCore core, PushPost posts, SimplePush simple, PushMessageResource messages, PushReceiptResource receipts)
{
    private const string Methods = "DELETE, GET, POST, PUT";

    public Task EndpointAsync(HttpContext context) => RunAsync(context, "POST, PUT", static (endpoint, context, id) =>
        HttpMethods.IsPost(context.Request.Method) ? endpoint.Posts.HandleAsync(context, id)
        : HttpMethods.IsPut(context.Request.Method) ? endpoint.Simple.HandleAsync(context, id)
        : null);

    /// <summary>An endpoint of a version that there is not.</summary>
    public Task UnknownAsync(HttpContext context) => RunAsync(context, "POST, PUT", static (_, _, _) => throw new PushRefusedException(PushProblem.NotFound()));

    public Task MessageAsync(HttpContext context) => RunAsync(context, "GET, DELETE", static (endpoint, context, id) =>
        IsReadOrDelete(context.Request.Method) ? endpoint.Messages.HandleAsync(context, id) : null);

    public Task ReceiptsAsync(HttpContext context) => RunAsync(context, "GET, DELETE", static (endpoint, context, id) =>
        IsReadOrDelete(context.Request.Method) ? endpoint.Receipts.HandleAsync(context, id) : null);

    internal static void WriteHeaders(HttpResponse response, PushProblem problem)
    {
        response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "vapid";
        }

        if (problem.Status == StatusCodes.Status410Gone)
        {
            response.Headers.CacheControl = "max-age=86400";
        }
    }

    private PushPost Posts => posts;

    private SimplePush Simple => simple;

    private PushMessageResource Messages => messages;

    private PushReceiptResource Receipts => receipts;

    private static bool IsReadOrDelete(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsDelete(method);

    private async Task RunAsync(HttpContext context, string allowed, Func<PushEndpoint, HttpContext, string, Task?> run)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "Location, TTL, Link, Retry-After, WWW-Authenticate";
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            Preflight(context);
            return;
        }

        try
        {
            if (run(this, context, context.GetRouteValue("id") as string ?? "") is { } running)
            {
                await running.ConfigureAwait(false);
                return;
            }

            headers.Allow = allowed;
            await RefuseAsync(context, new PushProblem(StatusCodes.Status405MethodNotAllowed, null, $"This takes {allowed}.")).ConfigureAwait(false);
        }
        catch (PushRefusedException refused)
        {
            core.Metrics.Posted(refused.Problem.Status.ToString(CultureInfo.InvariantCulture));
            await RefuseAsync(context, refused.Problem).ConfigureAwait(false);
        }
        catch (LoopException error) when (error.Code is ErrorCodes.StoreUnavailable or ErrorCodes.Closed)
        {
            core.Log.RequestFailed(error);
            await RefuseAsync(context, PushProblem.Unavailable()).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer.
        }
    }

    private static void Preflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } wanted ? wanted : "*";
        headers.AccessControlMaxAge = "3600";
    }

    private static Task RefuseAsync(HttpContext context, PushProblem problem)
    {
        WriteHeaders(context.Response, problem);
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, problem.Body, PushHttpJson.Default.PushProblemBody, context.RequestAborted);
    }
}
