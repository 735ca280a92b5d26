using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>What all resources of the API have in common: pages of other origins, refusals, and that a defect costs one request.</summary>
internal sealed class ApiEndpoint(IOptions<LoopHttpApiOptions> options, TimeProvider time, LoopApiLog log)
{
    private const string Methods = "GET,HEAD,PUT,PATCH,POST,DELETE";

    private readonly HashSet<string> _origins = new(options.Value.AllowedOrigins.Select(static origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    public async Task RunAsync(HttpContext context, Func<ApiCall, Task> handleAsync)
    {
        var call = new ApiCall(context, options.Value, time);
        AllowOrigin(context);
        try
        {
            await handleAsync(call).ConfigureAwait(false);
        }
        catch (ApiException refusal)
        {
            await call.RefuseAsync(refusal).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone.
        }
        catch (LoopException error) when (!context.Response.HasStarted)
        {
            await call.RefuseAsync(RefusalOf(error)).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A defect costs one request, and its client is told nothing of it.
        catch (Exception exception) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            log.RequestFailed(exception);
            await call.RefuseAsync(new ApiException(StatusCodes.Status500InternalServerError, ApiErrno.Undefined, "Internal Server Error")).ConfigureAwait(false);
        }
    }

    /// <summary>What is none of the resources, under a version. The request before one that a page of another origin may not make otherwise is answered here too, whatever it is about.</summary>
    public Task UnknownAsync(HttpContext context) => RunAsync(context, static call =>
        HttpMethods.IsOptions(call.Context.Request.Method) ? PreflightAsync(call) : throw ApiErrors.NotFound());

    /// <summary>The same without a version.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">Where the API is.</param>
    public Task RedirectAsync(HttpContext context, string path) => RunAsync(context, call =>
    {
        var request = call.Context.Request;
        if (HttpMethods.IsOptions(request.Method))
        {
            return PreflightAsync(call);
        }

        call.Answer(StatusCodes.Status307TemporaryRedirect);
        var rest = request.Path.ToUriComponent()[path.Length..];
        call.Context.Response.Headers.Location = $"{request.PathBase.ToUriComponent()}{path}/v0{rest}{request.QueryString.ToUriComponent()}";
        return Task.CompletedTask;
    });

    private static Task PreflightAsync(ApiCall call)
    {
        var (request, response) = (call.Context.Request, call.Context.Response);
        call.Answer(StatusCodes.Status204NoContent);
        response.Headers.AccessControlAllowMethods = Methods;
        if (request.Headers.AccessControlRequestHeaders is { Count: 1 } wanted)
        {
            response.Headers.AccessControlAllowHeaders = wanted;
        }

        return Task.CompletedTask;
    }

    private static ApiException RefusalOf(LoopException error) => error.Code switch
    {
        ErrorCodes.RoomNotFound => ApiErrors.NoRoom(),
        ErrorCodes.RoomFull => ApiErrors.RoomFull(),
        ErrorCodes.TooManyForClient => ApiErrors.ClientFull(),
        ErrorCodes.InvalidRequest or ErrorCodes.InvalidName or ErrorCodes.InvalidRecord => ApiErrors.Invalid(error.Message),
        ErrorCodes.RoomLocked or ErrorCodes.Barred or ErrorCodes.TooManyRooms => new ApiException(StatusCodes.Status403Forbidden, ApiErrno.Undefined, error.Message),
        _ => ApiErrors.Unavailable(),
    };

    private void AllowOrigin(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 1 && (_origins.Contains("*") || _origins.Contains(origin[0]!)))
        {
            context.Response.Headers.AccessControlAllowOrigin = origin[0];
            context.Response.Headers.Vary = "Origin";
        }
    }
}
