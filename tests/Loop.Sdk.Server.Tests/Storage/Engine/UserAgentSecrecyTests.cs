using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Engine;

[TestClass]
public sealed class UserAgentSecrecyTests
{
    [TestMethod]
    [DataRow("all")]
    [DataRow("time")]
    [DataRow("url")]
    public async Task Text_is_in_no_byte_of_the_files_when_it_was_forgotten(string how)
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        var store = new SqliteUserAgentStorage(database);
        await SecretPlaces.FillAsync(store);
        await store.SettleAsync(CancellationToken.None);
        Assert.IsNotEmpty(SecretPlaces.Find(folder), "What is looked for was there before.");

        // Places of odd numbers are to stay.
        var secret = Enumerable.Range(0, SecretPlaces.Count).Where(static place => place % 2 == 0).ToList();
        foreach (var range in how switch
        {
            "all" => [new ForgetRange { Stars = true }],
            "time" => secret.Select(static place => new ForgetRange { From = SecretPlaces.TimeOf(place), Until = SecretPlaces.TimeOf(place) + 100, Stars = true }),
            _ => secret.Select(static place => new ForgetRange { Url = SecretPlaces.UrlOf(place), Stars = true }),
        })
        {
            for (long? after = 0; after is { } from;)
            {
                after = (await store.ForgetAsync("ada", range, from, 10, CancellationToken.None)).Next;
            }
        }

        await store.SettleAsync(CancellationToken.None);
        Assert.AreEqual("", string.Join(' ', SecretPlaces.Find(folder)));
        Assert.AreEqual(how == "all" ? 0 : SecretPlaces.Count / 2, (await store.SearchAsync("ada", new PlaceSearch { Query = "public", Limit = 1000 }, CancellationToken.None)).Count);
        await UserAgentRebuild.CheckAsync(database);
    }

    [TestMethod]
    public async Task Text_is_in_no_byte_of_the_files_when_it_was_replaced()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        var store = new SqliteUserAgentStorage(database);
        await SecretPlaces.FillAsync(store);
        for (var place = 0; place < SecretPlaces.Count; place++)
        {
            await store.SavePageAsync("ada", UserAgentSamples.Page(SecretPlaces.UrlOf(place), "nothing to see", at: SecretPlaces.TimeOf(place) + 50), CancellationToken.None);
        }

        await store.SettleAsync(CancellationToken.None);
        Assert.AreEqual("", string.Join(' ', SecretPlaces.Find(folder).Where(static found => found.StartsWith("body", StringComparison.Ordinal))));
    }
}
