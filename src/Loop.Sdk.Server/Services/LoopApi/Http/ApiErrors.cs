using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The refusals of the API.</summary>
internal static class ApiErrors
{
    public static ApiException NoRoom() => new(StatusCodes.Status404NotFound, ApiErrno.InvalidToken, "Invalid token");

    public static ApiException Invalid(string what) => new(StatusCodes.Status400BadRequest, ApiErrno.InvalidParameters, what);

    public static ApiException Missing(IEnumerable<string> names) => new(StatusCodes.Status400BadRequest, ApiErrno.MissingParameters, $"Missing: {string.Join(", ", names)}");

    public static ApiException Malformed() => new(StatusCodes.Status400BadRequest, ApiErrno.BadJson, "Malformed body");

    public static ApiException NotAcceptable() => new(StatusCodes.Status406NotAcceptable, ApiErrno.BadJson, "Request body should be defined as application/json");

    public static ApiException TooLarge() => new(StatusCodes.Status413PayloadTooLarge, ApiErrno.RequestTooLarge, "Request Entity Too Large");

    public static ApiException Forbidden() => new(StatusCodes.Status403Forbidden, ApiErrno.Undefined, "Forbidden");

    public static ApiException AccountRequired() => new(StatusCodes.Status403Forbidden, ApiErrno.InvalidAuthToken, "Forbidden");

    public static ApiException NotFound() => new(StatusCodes.Status404NotFound, ApiErrno.Undefined, "Not Found");

    public static ApiException NotParticipant() => new(StatusCodes.Status400BadRequest, ApiErrno.NotRoomParticipant, "Can't update status for a room you aren't in.");

    public static ApiException Expired() => new(StatusCodes.Status410Gone, ApiErrno.Expired, "Participation has expired.");

    public static ApiException RoomFull() => new(StatusCodes.Status400BadRequest, ApiErrno.RoomFull, "The room is full.");

    public static ApiException ClientFull() =>
        new(StatusCodes.Status400BadRequest, ApiErrno.ClientReachedCapacity, "Too many participants in the room for your client to handle.");

    public static ApiException UserUnavailable() => new(StatusCodes.Status400BadRequest, ApiErrno.UserUnavailable, "Could not find any existing user to call");

    public static ApiException Unavailable() => new(StatusCodes.Status503ServiceUnavailable, ApiErrno.Backend, "Service Unavailable");

    public static ApiException TooManyRequests() => new(StatusCodes.Status429TooManyRequests, ApiErrno.Undefined, "Too Many Requests");

    public static ApiException NotAllowed(int errno) => new(StatusCodes.Status405MethodNotAllowed, errno, "Method Not Allowed");

    /// <summary>A credential that is not accepted, or none where one is needed.</summary>
    public static ApiException Unauthorized(string challenge) =>
        new(StatusCodes.Status401Unauthorized, ApiErrno.InvalidAuthToken, "Unauthorized") { Challenge = challenge };

    /// <summary>Hawk's own refusals.</summary>
    /// <param name="status">400 or 401.</param>
    /// <param name="message">What is wrong; null if there was no credential.</param>
    /// <param name="challenge">The header WWW-Authenticate, if it is a particular one.</param>
    public static ApiException Hawk(int status, string? message, string? challenge = null) => new(status, ApiErrno.InvalidAuthToken, message ?? "")
    {
        IsOfHawk = true,
        Challenge = status != StatusCodes.Status401Unauthorized ? null : challenge ?? (message is null ? "Hawk" : $"Hawk error=\"{message}\""),
    };
}
