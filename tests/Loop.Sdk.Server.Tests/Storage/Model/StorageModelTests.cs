using FsCheck;
using FsCheck.Fluent;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Model;

[TestClass]
public sealed class StorageModelTests
{
    private const int Runs = 60;

    [TestMethod]
    public void Stores_answer_the_same_when_they_are_asked_the_same()
    {
        var operations = Gen.Choose(0, 18 * 72 - 1).ListOf(40).ToArbitrary();
        Prop.ForAll(operations, numbers => CompareAsync(numbers.Select(static number => (uint)number)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));
    }

    private static async Task<bool> CompareAsync(IEnumerable<uint> numbers)
    {
        var memory = new MemoryRoomStorage();
        await using var database = SqliteFolder.Open(new SqliteStorageOptions { Path = ":memory:" });
        var sqlite = new SqliteRoomStorage(database);
        foreach (var number in numbers)
        {
            Assert.AreEqual(await StorageModel.RunAsync(memory, number), await StorageModel.RunAsync(sqlite, number), $"Operation {number}");
        }

        Assert.AreEqual(await StorageModel.ReadAllAsync(memory), await StorageModel.ReadAllAsync(sqlite));
        return true;
    }
}
