using System.Text;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Engine;

/// <summary>Places of which every second one is secret in all that it has.</summary>
internal static class SecretPlaces
{
    public const int Count = 120;

    private const int WordsOfText = 400;

    public static string UrlOf(int place) => place % 2 == 0 ? $"https://secreturl{place}x.example/" : $"https://public{place}.example/";

    public static long TimeOf(int place) => UserAgentSamples.Now + (place * 1000);

    // Words of their own in address, title and text of every second place; texts of other lengths, so that rows move while others come and go.
    public static async Task FillAsync(SqliteUserAgentStorage store)
    {
        await store.StartSessionAsync("ada", UserAgentSamples.Session(), CancellationToken.None);
        var random = new Random(7);
        for (var place = 0; place < Count; place++)
        {
            var kind = place % 2 == 0 ? "secretbody" : "public";
            var text = string.Join(' ', Enumerable.Range(0, 20 + random.Next(WordsOfText)).Select(word => $"{kind}{random.Next(5000)}z"));
            await store.AddVisitAsync("ada", UserAgentSamples.Visit(UrlOf(place), TimeOf(place), place % 2 == 0 ? $"secrettitle{place}" : "public"), CancellationToken.None);
            await store.SavePageAsync("ada", UserAgentSamples.Page(UrlOf(place), text, excerpt: place % 2 == 0 ? $"secretexcerpt{place}" : null, at: TimeOf(place) + 1), CancellationToken.None);
            await store.StarAsync("ada", UserAgentSamples.Star(UrlOf(place), at: TimeOf(place) + 2), CancellationToken.None);
        }
    }

    // Every beginning of a secret word is looked for, since the index keeps only what a word has after the one before it.
    public static List<string> Find(SqliteFolder folder)
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
