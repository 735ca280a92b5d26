namespace Loop.Sdk.Server.Storage;

/// <summary>A place with its events.</summary>
internal sealed class MemoryPlace(PlaceState state)
{
    public PlaceState State { get; set; } = state;

    public SortedSet<long> Visits { get; } = [];

    public SortedDictionary<long, string> Titles { get; } = [];

    /// <summary>When stars were given and taken.</summary>
    public List<long> StarTimes { get; } = [];

    public (long At, string? Excerpt, string Text)? Page { get; set; }

    /// <summary>The words of address, title and text.</summary>
    public IEnumerable<string> Words => new[] { State.Url, State.Title ?? "", Page?.Text ?? "" }
        .SelectMany(static text => SearchWords.In(text).Select(word => SearchWords.Fold(text.AsSpan(word.Start, word.Length))));

    public PlaceRecord ToRecord(long offset = 0) => State.ToRecord(Page?.Excerpt, offset);
}
