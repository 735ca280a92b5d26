namespace Loop.Sdk.UserAgent;

/// <summary>What to look for.</summary>
public sealed record SearchPages
{
    /// <summary>Words, all of which must be there, in any order; the last one may be the beginning of a word if it has three letters or more. At most 1 KiB; more than 16 words are cut off.</summary>
    public required string Query { get; init; }

    /// <summary>How many results at most, 1 to 100; 20 by default.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>Only what was visited or kept after this time; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How much text is shown.</summary>
    public SnippetSize SnippetSize { get; init; }
}
