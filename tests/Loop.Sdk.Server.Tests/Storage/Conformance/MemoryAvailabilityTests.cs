using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class MemoryAvailabilityTests : AvailabilityConformance
{
    protected override (IAvailabilityStorage Store, Func<ValueTask> Close) Open() => (new MemoryAvailabilityStorage(), static () => ValueTask.CompletedTask);
}
