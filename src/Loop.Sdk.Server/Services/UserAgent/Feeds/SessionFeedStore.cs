using Loop.Sdk.Server.Storage;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>An account's open sessions as a feed.</summary>
internal sealed class SessionFeedStore(UserAgentCore core, string account) : AgentFeedStore<long, AgentSession, AgentSessionRecord>(core, account, "sessions")
{
    private const int Size = 256;

    protected override Task<UserAgentChanges<AgentSessionRecord>> ReadAsync(long since, CancellationToken cancellationToken) =>
        Core.Storage.ReadSessionsAsync(Account, since, Core.Options.MaxCatchUp, cancellationToken);

    protected override AgentSession? View(AgentSessionRecord record) => record.EndedAt is null ? UserAgentViews.Session(record) : null;

    protected override long KeyOf(AgentSessionRecord record) => record.Id;

    protected override long OffsetOf(AgentSessionRecord record) => record.Offset;

    protected override int SizeOf(AgentSessionRecord record) => Size;
}
