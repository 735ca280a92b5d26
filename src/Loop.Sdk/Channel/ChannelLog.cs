using Loop.Sdk.Handshake;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Channels;

/// <summary>What the channel logs. Never a token or a payload.</summary>
internal static partial class ChannelLog
{
    [LoggerMessage(1, LogLevel.Information, "Connected with session {SessionId}; resumed: {Resumed}.")]
    public static partial void Connected(this ILogger logger, string sessionId, bool resumed);

    [LoggerMessage(2, LogLevel.Information, "The connection ended with {Code}, verdict {Verdict}.")]
    public static partial void Lost(this ILogger logger, string code, Verdict verdict, Exception? exception);

    [LoggerMessage(3, LogLevel.Warning, "An attempt to connect failed with {Code}, verdict {Verdict}.")]
    public static partial void Failed(this ILogger logger, string code, Verdict verdict, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "The next attempt to connect comes in {Delay}.")]
    public static partial void Waiting(this ILogger logger, TimeSpan delay);

    [LoggerMessage(5, LogLevel.Error, "The channel is closed for good with {Code}: {Reason}")]
    public static partial void Stopped(this ILogger logger, string code, string reason);

    [LoggerMessage(6, LogLevel.Debug, "The server accepted new credentials.")]
    public static partial void Reauthenticated(this ILogger logger);

    [LoggerMessage(7, LogLevel.Warning, "Expiring credentials could not be renewed; trying again in a few seconds.")]
    public static partial void RenewalFailed(this ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "A feature of the channel could not be disposed of.")]
    public static partial void FeatureFailed(this ILogger logger, Exception exception);
}
