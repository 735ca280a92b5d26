using System.Text.Json;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Model;

/// <summary>Makes an operation of a number, and a text of what came of it.</summary>
internal static class UserAgentModel
{
    public const int Operations = 14;

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Words = ["alpha", "beta", "gamma", "delta", "alphabet", "betatron"];

    public static async Task<string> RunAsync(IUserAgentStorage store, uint number, int step)
    {
        var rest = number / Operations;
        var account = $"u{rest % 2}";
        var url = $"https://{rest / 2 % 4}.example/";
        var value = (int)(rest / 8 % 6);
        return Describe(await RunAsync(store, (int)(number % Operations), account, url, value, UserAgentSamples.Now + (value * 10), step));
    }

    /// <summary>Everything that can be read.</summary>
    public static async Task<string> ReadAllAsync(IUserAgentStorage store)
    {
        var all = new List<string>();
        foreach (var account in new[] { "u0", "u1", "u2" })
        {
            all.Add(Describe(await store.ListTopAsync(account, 3, None)));
            all.Add(Describe(await store.ListStarredAsync(account, 3, None)));
            var page = await store.ListVisitedAsync(account, null, 2, None);
            all.Add(Describe(page));
            all.Add(Describe(page.Next is null ? null : await store.ListVisitedAsync(account, page.Next, 2, None)));
            foreach (var since in Enumerable.Range(0, 45))
            {
                all.Add(Describe(Known(await store.ReadStarsAsync(account, since, 2, None))));
                all.Add(Describe(Known(await store.ReadHistoryAsync(account, since, 2, None))));
                all.Add(Describe(Known(await store.ReadSessionsAsync(account, since, 3, None))));
            }

            foreach (var word in Words)
            {
                all.Add(await FindAsync(store, account, word, UserAgentSamples.Now + 10));
                all.Add(await FindAsync(store, account, $"text {word[..3]}", 0));
            }
        }

        return string.Join('\n', all);
    }

    private static async Task<object?> RunAsync(IUserAgentStorage store, int operation, string account, string url, int value, long now, int step) => operation switch
    {
        0 or 1 => await store.StartSessionAsync(account, UserAgentSamples.Session(Key(step, value), value, value > 3 ? value - 3 : null, 3, now), None),
        2 => await store.EndSessionAsync(account, 1 + value, $"r{value}", now, None),
        3 or 4 or 5 or 6 => await store.AddVisitAsync(account, UserAgentSamples.Visit(url, now, value > 3 ? null : Words[value], Key(step, value), 1 + (step % 2)), None),
        7 or 8 => await store.SavePageAsync(account, UserAgentSamples.Page(url, $"{Words[value]} text {Words[step % 6]}", value == 0 ? "page" : null, $"e{value}", Key(step, value), now), None),
        9 or 10 => await store.StarAsync(account, UserAgentSamples.Star(url, value > 1, value == 5 ? "star" : null, Key(step, value), now, 2), None),
        11 => await store.ForgetAsync(account, new ForgetRange { Url = url, Stars = value > 3 }, 0, 10, None),
        12 => await store.ForgetAsync(account, new ForgetRange { From = now - 10, Until = now + 10, Stars = value > 3 }, value % 2, 1 + value, None),
        _ => value > 2 ? await store.SweepKeysAsync(now, 1000, None) : await store.ForgetAsync(account, new ForgetRange { Stars = value == 0 }, 0, 10, None),
    };

    private static string? Key(int step, int value) => value == 2 ? null : $"k{(value == 3 ? step - 1 : step)}";

    private static async Task<string> FindAsync(IUserAgentStorage store, string account, string query, long since)
    {
        // How they are ranked is a store's own.
        var found = await store.SearchAsync(account, new PlaceSearch { Query = query, Since = since, Limit = 10, SnippetWords = 2 }, None);
        return Describe(found.OrderBy(static place => place.Url, StringComparer.Ordinal));
    }

    private static object Known<T>(UserAgentChanges<T> changes) =>
        new { changes.Offset, changes.Items, changes.More, changes.SnapshotNeeded, Gone = changes.Gone.Order(StringComparer.Ordinal) };

    private static string Describe<T>(T result) => JsonSerializer.Serialize<object?>(result);
}
