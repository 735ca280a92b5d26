using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Loop.Sdk.Server.Push;

/// <summary>Why a request is refused: Mozilla's numbers, and a message that says what to do.</summary>
internal sealed record PushProblem(int Status, int? Errno, string Message)
{
    private const int StoreRetrySeconds = 120;

    /// <summary>After how many seconds to try again; null for never, or any time.</summary>
    public int? RetryAfter { get; init; }

    public PushProblemBody Body => new(Status, Errno, ReasonPhrases.GetReasonPhrase(Status), Message, "docs/errors.md, push endpoints");

    public static PushProblem NotFound() => new(StatusCodes.Status404NotFound, 102, "There is no such endpoint. Delete the subscription.");

    public static PushProblem Gone() => new(StatusCodes.Status410Gone, 106, "The subscription ended, or has another endpoint now. Delete it.");

    public static PushProblem GoneMeanwhile() => new(StatusCodes.Status410Gone, 105, "The subscription ended just now. Delete it.");

    public static PushProblem TooLarge(int length, int most) => new(
        StatusCodes.Status413PayloadTooLarge, 104, length > 0 ? $"The body has {length} bytes, and may have {most}." : $"The body has more than {most} bytes.");

    public static PushProblem Unauthorized(string message) => new(StatusCodes.Status401Unauthorized, 109, message);

    public static PushProblem Crypto(string message) => new(StatusCodes.Status400BadRequest, 110, message);

    public static PushProblem BadRequest(int? errno, string message) => new(StatusCodes.Status400BadRequest, errno, message);

    public static PushProblem TooMany(string message, int retryAfter) => new(StatusCodes.Status429TooManyRequests, null, message) { RetryAfter = retryAfter };

    public static PushProblem Unavailable() => new(StatusCodes.Status503ServiceUnavailable, 201, "The message could not be stored. Try again later.") { RetryAfter = StoreRetrySeconds };

    public static PushProblem TooSlow() => new(StatusCodes.Status408RequestTimeout, null, "The body did not arrive in time.");
}
