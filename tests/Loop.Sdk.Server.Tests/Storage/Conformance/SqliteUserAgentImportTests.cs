using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class SqliteUserAgentImportTests : UserAgentImportConformance
{
    protected override (IUserAgentStorage Store, Func<ValueTask> Close) Open() => SqliteFolder.OpenUserAgent();
}
