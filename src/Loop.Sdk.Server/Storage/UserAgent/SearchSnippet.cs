using System.Text;

namespace Loop.Sdk.Server.Storage;

/// <summary>Cuts the part of a text that shows best what was found. Texts have no control characters, so that the marks cannot be theirs.</summary>
public static class SearchSnippet
{
    /// <summary>Stands before what was found.</summary>
    public const char Begin = '\u0001';

    /// <summary>Stands after what was found.</summary>
    public const char End = '\u0002';

    private const char Ellipsis = '…';

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">The words that were looked for, in lower case. The last one may be the beginning of one.</param>
    /// <param name="isPrefix">Whether it may.</param>
    /// <param name="size">How many words to show.</param>
    internal static string Of(string text, IReadOnlyList<string> words, bool isPrefix, int size)
    {
        var all = new List<(int Start, int Length)>();
        var found = new List<(int Place, int Word)>();
        foreach (var span in SearchWords.In(text))
        {
            if (Find(text.AsSpan(span.Start, span.Length), words, isPrefix) is >= 0 and var word)
            {
                found.Add((all.Count, word));
            }

            all.Add(span);
        }

        if (all.Count <= size)
        {
            return Write(text, all, found, 0, all.Count);
        }

        var start = Math.Min(Best(found, words.Count, size), all.Count - size);
        return Write(text, all, found, start, start + size);
    }

    private static int Find(ReadOnlySpan<char> span, IReadOnlyList<string> words, bool isPrefix)
    {
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            var isBeginning = isPrefix && index == words.Count - 1 && span.Length > word.Length;
            if (isBeginning ? span.StartsWith(word, StringComparison.OrdinalIgnoreCase) : span.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    // The first window with the most different words, moved so that they are in its middle.
    private static int Best(List<(int Place, int Word)> found, int words, int size)
    {
        var (best, first, last) = (0, 0, 0);
        var counts = new int[words];
        var different = 0;
        for (int head = 0, tail = 0; head < found.Count; head++)
        {
            different += counts[found[head].Word]++ == 0 ? 1 : 0;
            while (found[head].Place - found[tail].Place >= size)
            {
                different -= --counts[found[tail++].Word] == 0 ? 1 : 0;
            }

            if (different > best)
            {
                (best, first, last) = (different, found[tail].Place, found[head].Place);
            }
        }

        return Math.Max(0, first - ((size - (last - first + 1)) / 2));
    }

    private static string Write(string text, List<(int Start, int Length)> all, List<(int Place, int Word)> found, int from, int to)
    {
        var begin = from == 0 ? 0 : all[from].Start;
        var end = to == all.Count ? text.Length : all[to - 1].Start + all[to - 1].Length;
        var snippet = new StringBuilder(end - begin + 16);
        if (begin > 0)
        {
            snippet.Append(Ellipsis);
        }

        foreach (var (place, _) in found)
        {
            if (place >= from && place < to)
            {
                var (start, length) = all[place];
                snippet.Append(text, begin, start - begin).Append(Begin).Append(text, start, length).Append(End);
                begin = start + length;
            }
        }

        snippet.Append(text, begin, end - begin);
        return end < text.Length ? snippet.Append(Ellipsis).ToString() : snippet.ToString();
    }
}
