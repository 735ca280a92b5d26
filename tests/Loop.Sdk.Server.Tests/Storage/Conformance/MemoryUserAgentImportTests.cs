using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class MemoryUserAgentImportTests : UserAgentImportConformance
{
    protected override (IUserAgentStorage Store, Func<ValueTask> Close) Open() => (new MemoryUserAgentStorage(), static () => ValueTask.CompletedTask);
}
