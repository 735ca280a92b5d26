using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class MemoryPushUpkeepTests : PushUpkeepConformance
{
    protected override (IPushStorage Store, Func<ValueTask> Close) Open() => (new MemoryPushStorage(), static () => ValueTask.CompletedTask);
}
