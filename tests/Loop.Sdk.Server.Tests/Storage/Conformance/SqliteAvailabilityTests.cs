using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

[TestClass]
public sealed class SqliteAvailabilityTests : AvailabilityConformance
{
    protected override (IAvailabilityStorage Store, Func<ValueTask> Close) Open()
    {
        var folder = new SqliteFolder();
        var database = folder.Open();
        return (new SqliteAvailabilityStorage(database), async () =>
        {
            await database.DisposeAsync();
            folder.Dispose();
        });
    }
}
