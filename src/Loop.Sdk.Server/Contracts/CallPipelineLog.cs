using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server;

internal sealed partial class CallPipeline
{
    private static partial class Log
    {
        [LoggerMessage(30, LogLevel.Error, "The handler of {Contract} {Method} failed in session {Session}.")]
        public static partial void HandlerFailed(ILogger logger, string contract, string method, SessionId session, Exception exception);

        [LoggerMessage(31, LogLevel.Error, "The services of a call to {Contract} {Method} failed to clean up.")]
        public static partial void ScopeFailed(ILogger logger, string contract, string method, Exception exception);
    }
}
