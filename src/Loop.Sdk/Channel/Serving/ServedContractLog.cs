using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Serving;

/// <summary>What the contracts served to the server log. Never a payload.</summary>
internal static partial class ServedContractLog
{
    [LoggerMessage(8, LogLevel.Error, "The handler of {Contract} {Method} failed in session {SessionId}.")]
    public static partial void HandlerFailed(this ILogger logger, string contract, string method, string sessionId, Exception exception);
}
