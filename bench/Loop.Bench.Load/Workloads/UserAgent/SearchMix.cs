using Loop.Bench.Load.Targets.Loop;
using Loop.Sdk.UserAgent;

namespace Loop.Bench.Load.Workloads.UserAgent;

/// <summary>What people search for, in turn: a rare word, two words, a word that is nearly everywhere, the beginning of a word, and what looks like syntax.</summary>
internal sealed class SearchMix(BrowsingText text)
{
    private const int Kinds = 5;

    private int _kind;

    public string Next() => (_kind++ % Kinds) switch
    {
        0 => BrowsingText.Rare(text.Next(UserAgentData.Pages)),
        1 => $"{text.UsualWord()} {text.UsualWord()}",
        2 => text.FrequentWord(),
        3 => text.UsualWord()[..4],
        _ => $"\"{text.UsualWord()}\" OR NEAR(nowhere*, 3) -{text.UsualWord()}",
    };

    /// <summary>The rare word and the frequent one are somewhere.</summary>
    public void Check(IReadOnlyList<FoundPage> found)
    {
        if (found.Count == 0 && (_kind - 1) % Kinds is 0 or 2)
        {
            throw new InvalidOperationException("A word that is there was not found.");
        }
    }
}
