using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class MemoryMemberTests : MemberConformance
{
    protected override Task<IRoomStorage> OpenAsync() => Task.FromResult<IRoomStorage>(new MemoryRoomStorage());
}
