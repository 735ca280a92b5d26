using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class SqlitePushUpkeepTests : PushUpkeepConformance
{
    protected override (IPushStorage Store, Func<ValueTask> Close) Open() => SqliteFolder.OpenPush();
}
