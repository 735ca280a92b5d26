using Loop.Sdk.Server.Storage;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>An account's stars as a feed.</summary>
internal sealed class StarFeedStore(UserAgentCore core, string account) : AgentFeedStore<string, StarredPage, StarRecord>(core, account, "stars")
{
    private const int Overhead = 96;

    protected override Task<UserAgentChanges<StarRecord>> ReadAsync(long since, CancellationToken cancellationToken) =>
        Core.Storage.ReadStarsAsync(Account, since, Core.Options.MaxCatchUp, cancellationToken);

    protected override StarredPage? View(StarRecord record) => record.StarredAt is null ? null : UserAgentViews.Star(record);

    protected override string KeyOf(StarRecord record) => record.Url;

    protected override long OffsetOf(StarRecord record) => record.Offset;

    protected override int SizeOf(StarRecord record) => Overhead + record.Url.Length + (record.Title?.Length ?? 0);
}
