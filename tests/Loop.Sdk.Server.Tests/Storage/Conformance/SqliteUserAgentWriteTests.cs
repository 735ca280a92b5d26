using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class SqliteUserAgentWriteTests : UserAgentWriteConformance
{
    protected override (IUserAgentStorage Store, Func<ValueTask> Close) Open() => SqliteFolder.OpenUserAgent();
}
