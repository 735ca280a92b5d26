using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class MemoryTimelineTests : TimelineConformance
{
    protected override Task<IRoomStorage> OpenAsync() => Task.FromResult<IRoomStorage>(new MemoryRoomStorage());
}
