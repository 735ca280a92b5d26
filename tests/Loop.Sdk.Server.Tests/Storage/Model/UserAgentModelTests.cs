using FsCheck;
using FsCheck.Fluent;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Model;

[TestClass]
public sealed class UserAgentModelTests
{
    private const int Runs = 120;

    [TestMethod]
    public void Stores_answer_the_same_when_they_are_asked_the_same()
    {
        var operations = Gen.Choose(0, (UserAgentModel.Operations * 48) - 1).ListOf(40).ToArbitrary();
        Prop.ForAll(operations, numbers => CompareAsync(numbers.Select(static number => (uint)number)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));
    }

    private static async Task<bool> CompareAsync(IEnumerable<uint> numbers)
    {
        var memory = new MemoryUserAgentStorage();
        await using var database = SqliteFolder.Open(new SqliteStorageOptions { Path = ":memory:" });
        var sqlite = new SqliteUserAgentStorage(database);
        var step = 0;
        foreach (var number in numbers)
        {
            Assert.AreEqual(await UserAgentModel.RunAsync(memory, number, step), await UserAgentModel.RunAsync(sqlite, number, step), $"Operation {number}");
            step++;
        }

        Assert.AreEqual(await UserAgentModel.ReadAllAsync(memory), await UserAgentModel.ReadAllAsync(sqlite));
        await UserAgentRebuild.CheckAsync(database);
        return true;
    }
}
