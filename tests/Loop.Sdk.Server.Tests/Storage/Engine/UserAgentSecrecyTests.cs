using System.Text;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Engine;

[TestClass]
public sealed class UserAgentSecrecyTests
{
    private const int Places = 120;
    private const int WordsOfText = 400;

    [TestMethod]
    [DataRow("all")]
    [DataRow("time")]
    [DataRow("url")]
    public async Task Text_is_in_no_byte_of_the_files_when_it_was_forgotten(string how)
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        var store = new SqliteUserAgentStorage(database);
        await FillAsync(store);
        await store.SettleAsync(CancellationToken.None);
        Assert.IsNotEmpty(Find(folder), "What is looked for was there before.");

        // Places of odd numbers are to stay.
        var secret = Enumerable.Range(0, Places).Where(static place => place % 2 == 0).ToList();
        foreach (var range in how switch
        {
            "all" => [new ForgetRange { Stars = true }],
            "time" => secret.Select(static place => new ForgetRange { From = TimeOf(place), Until = TimeOf(place) + 100, Stars = true }),
            _ => secret.Select(static place => new ForgetRange { Url = UrlOf(place), Stars = true }),
        })
        {
            for (long? after = 0; after is { } from;)
            {
                after = (await store.ForgetAsync("ada", range, from, 10, CancellationToken.None)).Next;
            }
        }

        await store.SettleAsync(CancellationToken.None);
        Assert.AreEqual("", string.Join(' ', Find(folder)));
        Assert.AreEqual(how == "all" ? 0 : Places / 2, (await store.SearchAsync("ada", new PlaceSearch { Query = "public", Limit = 1000 }, CancellationToken.None)).Count);
        await UserAgentRebuild.CheckAsync(database);
    }

    [TestMethod]
    public async Task Text_is_in_no_byte_of_the_files_when_it_was_replaced()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        var store = new SqliteUserAgentStorage(database);
        await FillAsync(store);
        for (var place = 0; place < Places; place++)
        {
            await store.SavePageAsync("ada", UserAgentSamples.Page(UrlOf(place), "nothing to see", at: TimeOf(place) + 50), CancellationToken.None);
        }

        await store.SettleAsync(CancellationToken.None);
        Assert.AreEqual("", string.Join(' ', Find(folder).Where(static found => found.StartsWith("body", StringComparison.Ordinal))));
    }

    private static string UrlOf(int place) => place % 2 == 0 ? $"https://secreturl{place}x.example/" : $"https://public{place}.example/";

    private static long TimeOf(int place) => UserAgentSamples.Now + (place * 1000);

    // Words of their own in address, title and text of every second place; texts of other lengths, so that rows move while others come and go.
    private static async Task FillAsync(SqliteUserAgentStorage store)
    {
        await store.StartSessionAsync("ada", UserAgentSamples.Session(), CancellationToken.None);
        var random = new Random(7);
        for (var place = 0; place < Places; place++)
        {
            var kind = place % 2 == 0 ? "secretbody" : "public";
            var text = string.Join(' ', Enumerable.Range(0, 20 + random.Next(WordsOfText)).Select(word => $"{kind}{random.Next(5000)}z"));
            await store.AddVisitAsync("ada", UserAgentSamples.Visit(UrlOf(place), TimeOf(place), place % 2 == 0 ? $"secrettitle{place}" : "public"), CancellationToken.None);
            await store.SavePageAsync("ada", UserAgentSamples.Page(UrlOf(place), text, excerpt: place % 2 == 0 ? $"secretexcerpt{place}" : null, at: TimeOf(place) + 1), CancellationToken.None);
            await store.StarAsync("ada", UserAgentSamples.Star(UrlOf(place), at: TimeOf(place) + 2), CancellationToken.None);
        }
    }

    // Every beginning of a secret word is looked for, since the index keeps only what a word has after the one before it.
    private static List<string> Find(SqliteFolder folder)
    {
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(folder.File)!))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            foreach (var needle in new[] { "body", "url", "title", "excerpt" })
            {
                if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("secret" + needle)) is >= 0 and var place)
                {
                    found.Add($"{needle} at {place} of {Path.GetFileName(file)}");
                }
            }
        }

        return found;
    }
}
