namespace Loop.Sdk.Server.Storage;

/// <summary>What to look for.</summary>
public sealed record PlaceSearch
{
    /// <summary>Words, with anything between them.</summary>
    public required string Query { get; init; }

    /// <summary>How many results at most.</summary>
    public required int Limit { get; init; }

    /// <summary>Only what was visited or kept after this time; 0 for all.</summary>
    public long Since { get; init; }

    /// <summary>How many words a snippet has.</summary>
    public int SnippetWords { get; init; } = 15;

    /// <summary>Whether the results are in the order of time rather than of rank.</summary>
    public bool NewestFirst { get; init; }
}
