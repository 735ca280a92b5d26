using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Storage.Engine;

namespace Loop.Sdk.Server.Tests.Storage.Kill;

/// <summary>The process that is killed after it deleted history, and before that is gone from the files.</summary>
internal static class ForgetWorker
{
    public const string Name = "forget";
    public const string Deleted = "deleted";

    public static async Task RunAsync(string file)
    {
        await using var database = SqliteFolder.Open(new SqliteStorageOptions { Path = file });
        var store = new SqliteUserAgentStorage(database);
        await SecretPlaces.FillAsync(store);
        for (var place = 0; place < SecretPlaces.Count; place += 2)
        {
            await store.ForgetAsync("ada", new ForgetRange { Url = SecretPlaces.UrlOf(place), Stars = true }, 0, 10, CancellationToken.None);
        }

        Console.WriteLine(Deleted);
        await Console.In.ReadLineAsync();
    }
}
