using Loop.Sdk.Server.Storage;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>The places that an account visited last as a feed.</summary>
internal sealed class HistoryFeedStore(UserAgentCore core, string account) : AgentFeedStore<string, VisitedPlace, PlaceRecord>(core, account, "history")
{
    private const int Overhead = 128;

    protected override Task<UserAgentChanges<PlaceRecord>> ReadAsync(long since, CancellationToken cancellationToken) =>
        Core.Storage.ReadHistoryAsync(Account, since, Core.Options.HistoryWindow, cancellationToken);

    protected override VisitedPlace View(PlaceRecord record) => UserAgentViews.Visited(record);

    protected override string KeyOf(PlaceRecord record) => record.Url;

    protected override long OffsetOf(PlaceRecord record) => record.Offset;

    protected override int SizeOf(PlaceRecord record) => Overhead + record.Url.Length + (record.Title?.Length ?? 0) + (record.Excerpt?.Length ?? 0);

    protected override IEnumerable<string> Gone(UserAgentChanges<PlaceRecord> read) => read.Gone;
}
