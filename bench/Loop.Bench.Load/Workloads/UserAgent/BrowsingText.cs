namespace Loop.Bench.Load.Workloads.UserAgent;

/// <summary>Words as texts have them: a few are in every text, most are in few. The same seed gives the same.</summary>
internal sealed class BrowsingText(int seed)
{
    private const int Vocabulary = 50_000;
    private const int Frequent = 20;

    private static readonly string[] Syllables = ["ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "an"];

    private readonly Random _random = new(seed);

    /// <summary>A word; the lower its number, the more often it is used.</summary>
    public static string Word(int number)
    {
        var word = "";
        for (var rest = number + Syllables.Length; rest > 0; rest /= Syllables.Length)
        {
            word += Syllables[rest % Syllables.Length];
        }

        return word;
    }

    /// <summary>A word that is in one text only.</summary>
    public static string Rare(int page) => $"rare{page}word";

    /// <summary>One of those that are in nearly every text.</summary>
    public string FrequentWord() => Word(_random.Next(Frequent));

    /// <summary>One of those that are in some hundred of 20 000 texts.</summary>
    public string UsualWord() => Word(500 + _random.Next(1500));

    /// <summary>So many words, one after the other. The frequency of a word is the inverse of its number (Zipf).</summary>
    public string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word((int)Math.Pow(Vocabulary, _random.NextDouble()) - 1)));

    /// <summary>A text of so many characters, with a word of its own.</summary>
    public string Page(int page, int length)
    {
        var text = Rare(page);
        while (text.Length < length)
        {
            text += ' ' + Words(100);
        }

        return text[..length];
    }

    public int Next(int limit) => _random.Next(limit);
}
