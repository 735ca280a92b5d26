using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server;

internal sealed partial class Authenticator
{
    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Error, "The credential validator {Validator} failed.")]
        public static partial void ValidatorFailed(ILogger logger, string validator, Exception exception);

        [LoggerMessage(21, LogLevel.Information, "Credentials were refused: {Reason}")]
        public static partial void CredentialsRefused(ILogger logger, string reason);
    }
}
