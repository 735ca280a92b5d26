using System.Text.Json;

namespace Loop.Sdk.Handshake;

/// <summary>The body of an error frame after the stream id.</summary>
internal sealed record ErrorBody(string Code, string Message)
{
    public bool Retryable { get; init; }

    public JsonElement? Details { get; init; }

    public static ErrorBody Of(LoopException exception) => new(exception.Code, exception.Message)
    {
        Retryable = exception.Retryable,
        Details = Parse(exception.Details),
    };

    /// <exception cref="LoopException">The body has no code.</exception>
    public LoopException ToException() => Code.Length > 0
        ? new(Code, Message) { Retryable = Retryable, Details = Details?.GetRawText() }
        : throw new LoopException(ErrorCodes.ProtocolError, "An error has no code.");

    // The handler's mistake in the details must not cost the caller the error itself.
    private static JsonElement? Parse(string? details)
    {
        try
        {
            return details is null ? null : JsonElement.Parse(details);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
