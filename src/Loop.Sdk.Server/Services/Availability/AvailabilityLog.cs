using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Availability;

/// <summary>What availability writes to the log. Accounts are never among it.</summary>
internal sealed partial class AvailabilityLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Warning, "An account's availability could not be found out; it is tried again.")]
    public partial void RefreshFailed(Exception exception);
}
