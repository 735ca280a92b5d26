using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class MemoryLoopApiTests : LoopApiConformance
{
    protected override (ILoopApiStorage Store, Func<ValueTask> Close) Open() => (new MemoryLoopApiStorage(), static () => ValueTask.CompletedTask);
}
