using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class SqliteTimelineTests : TimelineConformance
{
    protected override Task<(IRoomStorage Store, Func<ValueTask> Close)> OpenAsync()
    {
        var holder = new SqliteHolder();
        return Task.FromResult<(IRoomStorage, Func<ValueTask>)>((holder.Storage, holder.DisposeAsync));
    }
}
