using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class SqlitePushAgentTests : PushAgentConformance
{
    protected override (IPushStorage Store, Func<ValueTask> Close) Open() => SqliteFolder.OpenPush();
}
