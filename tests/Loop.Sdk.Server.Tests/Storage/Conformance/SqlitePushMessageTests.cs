using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class SqlitePushMessageTests : PushMessageConformance
{
    protected override (IPushStorage Store, Func<ValueTask> Close) Open() => SqliteFolder.OpenPush();
}
