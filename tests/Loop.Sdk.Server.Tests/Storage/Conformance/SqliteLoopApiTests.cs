using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class SqliteLoopApiTests : LoopApiConformance
{
    protected override (ILoopApiStorage Store, Func<ValueTask> Close) Open()
    {
        var folder = new SqliteFolder();
        var database = folder.Open();
        return (new SqliteLoopApiStorage(database), async () =>
        {
            await database.DisposeAsync();
            folder.Dispose();
        });
    }
}
