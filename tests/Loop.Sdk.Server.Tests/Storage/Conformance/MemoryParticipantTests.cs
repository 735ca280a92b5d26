using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class MemoryParticipantTests : ParticipantConformance
{
    protected override Task<IRoomStorage> OpenAsync() => Task.FromResult<IRoomStorage>(new MemoryRoomStorage());
}
