using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Writes answers: results, and problem details (RFC 9457) with the error's code.</summary>
internal static class UserAgentAnswers
{
    public static Task DoneAsync(HttpContext context) => WriteAsync(context, new DoneView(), UserAgentHttpJson.Default.DoneView);

    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }

    public static Task RefuseAsync(HttpContext context, HttpProblem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (problem.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "5";
        }

        response.ContentType = "application/problem+json";
        return JsonSerializer.SerializeAsync(response.Body, problem, HttpProblemJson.Default.HttpProblem, context.RequestAborted);
    }

    public static HttpProblem ProblemOf(LoopException error) => new(StatusOf(error.Code), error.Code, error.Message);

    private static int StatusOf(string code) => code switch
    {
        ErrorCodes.InvalidRequest or ErrorCodes.InvalidUrl or ErrorCodes.InvalidTime or ErrorCodes.InvalidRecord => StatusCodes.Status400BadRequest,
        ErrorCodes.Unauthenticated or ErrorCodes.AccountRequired => StatusCodes.Status401Unauthorized,
        ErrorCodes.OriginNotAllowed => StatusCodes.Status403Forbidden,
        ErrorCodes.SessionNotFound or ErrorCodes.AncestorNotFound => StatusCodes.Status404NotFound,
        ErrorCodes.SessionEnded or ErrorCodes.KeyConflict or ErrorCodes.TooManySessions or ErrorCodes.TooManyStars => StatusCodes.Status409Conflict,
        ErrorCodes.ContentTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.RateLimited or ErrorCodes.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        ErrorCodes.StoreUnavailable or ErrorCodes.Closed or ErrorCodes.Unavailable or ErrorCodes.Draining => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
