using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class SqliteMemberTests : MemberConformance
{
    private readonly SqliteHolder _holder = new();

    protected override Task<IRoomStorage> OpenAsync() => Task.FromResult(_holder.Storage);

    protected override Task CloseAsync() => _holder.DisposeAsync().AsTask();
}
