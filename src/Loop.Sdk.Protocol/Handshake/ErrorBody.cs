using System.Text.Json;
using Loop.Sdk.Errors;

namespace Loop.Sdk.Handshake;

/// <summary>The body of an error frame after the stream id.</summary>
internal sealed record ErrorBody(string Code, string Message)
{
    public bool Retryable { get; init; }

    public JsonElement? Details { get; init; }

    public static ErrorBody Of(LoopException exception) => new(exception.Code, exception.Message)
    {
        Retryable = exception.Retryable,
        Details = exception.Details is { } text ? JsonElement.Parse(text) : null,
    };

    public LoopException ToException() => new(Code, Message) { Retryable = Retryable, Details = Details?.GetRawText() };
}
