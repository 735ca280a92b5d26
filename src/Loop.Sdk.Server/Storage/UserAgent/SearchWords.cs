using System.Globalization;
using System.Text;

namespace Loop.Sdk.Server.Storage;

/// <summary>
/// The words of texts and queries: runs of letters and digits, in lower case, as the <c>unicode61</c> tokenizer of SQLite sees them. Everything else only separates words, so that
/// a query has no syntax.
/// </summary>
internal static class SearchWords
{
    private const int MaxWords = 16;
    private const int MinPrefix = 3;

    /// <summary>The different words of a query, the first ones.</summary>
    public static IReadOnlyList<string> OfQuery(string query)
    {
        var words = new List<string>();
        foreach (var (start, length) in In(query))
        {
            var word = Fold(query.AsSpan(start, length));
            if (!words.Contains(word))
            {
                words.Add(word);
            }

            if (words.Count == MaxWords)
            {
                break;
            }
        }

        return words;
    }

    /// <summary>Whether the last word of a query may be the beginning of one.</summary>
    public static bool MayBePrefix(IReadOnlyList<string> words) => words[^1].Length >= MinPrefix;

    /// <summary>Where words are in a text.</summary>
    public static IEnumerable<(int Start, int Length)> In(string text)
    {
        var start = -1;
        for (var index = 0; index < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var length);
            var isPart = Rune.IsLetterOrDigit(rune) || IsOther(rune, start >= 0);
            if (isPart && start < 0)
            {
                start = index;
            }
            else if (!isPart && start >= 0)
            {
                yield return (start, index - start);
                start = -1;
            }

            index += length;
        }

        if (start >= 0)
        {
            yield return (start, text.Length - start);
        }
    }

    public static string Fold(ReadOnlySpan<char> word) => word.ToString().ToLowerInvariant();

    // Numbers of all kinds, what private use makes of itself, and marks within a word.
    private static bool IsOther(Rune rune, bool isWithin) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.PrivateUse => true,
        UnicodeCategory.NonSpacingMark => isWithin,
        _ => false,
    };
}
