using Loop.Sdk.Server.Storage;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>An account's stars as a feed.</summary>
internal sealed class StarFeedStore(UserAgentCore core, string account) : AgentFeedStore<string, StarredPage, PlaceRecord>(core, account, "stars")
{
    private const int Overhead = 96;

    protected override Task<UserAgentChanges<PlaceRecord>> ReadAsync(long since, CancellationToken cancellationToken) =>
        Core.Storage.ReadStarsAsync(Account, since, Core.Options.MaxCatchUp, cancellationToken);

    protected override StarredPage? View(PlaceRecord record) => record.StarredAt is null ? null : UserAgentViews.Star(record);

    protected override string KeyOf(PlaceRecord record) => record.Url;

    protected override long OffsetOf(PlaceRecord record) => record.Offset;

    protected override int SizeOf(PlaceRecord record) => Overhead + record.Url.Length + (record.Title?.Length ?? 0);
}
