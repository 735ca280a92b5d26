using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class MemoryRoomTests : RoomConformance
{
    protected override Task<(IRoomStorage Store, Func<ValueTask> Close)> OpenAsync() =>
        Task.FromResult<(IRoomStorage, Func<ValueTask>)>((new MemoryRoomStorage(), static () => ValueTask.CompletedTask));
}
