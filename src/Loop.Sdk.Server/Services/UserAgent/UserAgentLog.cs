using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>What user agents write to the log. Addresses, titles, texts and queries are never among it.</summary>
internal sealed partial class UserAgentLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "History was deleted: {Visits} visits, the text of {Pages} pages.")]
    public partial void Forgotten(long visits, long pages);

    [LoggerMessage(2, LogLevel.Error, "What is to be removed could not be; it is tried again.")]
    public partial void SweepFailed(Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "Removed {Count} keys of writes.")]
    public partial void Swept(int count);

    [LoggerMessage(4, LogLevel.Warning, "Top sites could not be read; they are at the next visit.")]
    public partial void TopSitesFailed(Exception exception);

    [LoggerMessage(5, LogLevel.Error, "A request to the user agent's routes failed.")]
    public partial void RequestFailed(Exception exception);

    [LoggerMessage(6, LogLevel.Information, "An import added {Places} places, {Visits} visits and {Stars} stars; {Skipped} could not be kept.")]
    public partial void Imported(long places, long visits, long stars, long skipped);

    [LoggerMessage(7, LogLevel.Information, "What was deleted before is gone from the store's files now: a process had died meanwhile.")]
    public partial void Settled();
}
