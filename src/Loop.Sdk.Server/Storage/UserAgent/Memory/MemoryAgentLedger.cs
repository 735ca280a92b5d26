namespace Loop.Sdk.Server.Storage;

/// <summary>An account's events in memory.</summary>
internal sealed class MemoryAgentLedger : AgentLedger
{
    private readonly Dictionary<string, (AgentWriteKind Kind, long Result, long At)> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlaceState> _byUrl = new(StringComparer.Ordinal);

    public override AgentCounters Counters { get; } = new();

    public SortedDictionary<long, AgentSessionRecord> Sessions { get; } = [];

    public SortedDictionary<long, MemoryPlace> Places { get; } = [];

    /// <summary>Refuses an import before anything of it is done.</summary>
    public void CheckStars(IEnumerable<ImportedPlace> places, int maxStars)
    {
        var stars = places.Where(place => place.IsStarred && (FindPlace(place.Url) is not { } known || IsNewStar(place, known))).DistinctBy(static place => place.Url).Count();
        if (stars > 0 && Counters.Stars + stars > maxStars)
        {
            throw TooManyStars();
        }
    }

    /// <summary>Removes the oldest keys that are older than a time.</summary>
    public int SweepKeys(long before, int limit)
    {
        var old = _keys.Where(key => key.Value.At < before).OrderBy(static key => key.Value.At).Take(limit).Select(static key => key.Key).ToList();
        old.ForEach(key => _keys.Remove(key));
        return old.Count;
    }

    public override PlaceState? FindPlace(string url) => _byUrl.TryGetValue(url, out var place) ? Copy(place) : null;

    public override IEnumerable<long> Visits(long place) => Places[place].Visits;

    public override long? PageTime(long place) => Places[place].Page?.At;

    public override (string? Title, long At) LastTitle(long place) => Places[place].Titles is { Count: > 0 } titles ? (titles.Last().Value, titles.Last().Key) : (null, 0);

    protected override long? LastStar(long place) => Places[place].StarTimes is { Count: > 0 } times ? times[^1] : null;

    protected override IReadOnlyList<PlaceState> FindPlaces(ForgetRange range, long after, int limit) =>
    [
        .. Places.Where(place => place.Key > after && (range is { From: <= 0, Until: long.MaxValue } || Touches(place.Value, range))).Take(limit)
            .Select(static place => Copy(place.Value.State)),
    ];

    protected override (AgentWriteKind Kind, long Result)? FindKey(string key) => _keys.TryGetValue(key, out var known) ? (known.Kind, known.Result) : null;

    protected override void AddKey(string key, AgentWriteKind kind, long result, long now) => _keys.Add(key, (kind, result, now));

    protected override AgentSessionRecord? FindSession(long id) => Sessions.GetValueOrDefault(id);

    protected override void Put(AgentSessionRecord session) => Sessions[session.Id] = session;

    protected override PlaceState AddPlace(string url)
    {
        var place = new PlaceState { Number = ++Counters.Places, Url = url, IsNew = true };
        Places.Add(place.Number, new MemoryPlace(place));
        return place;
    }

    protected override void PutPlace(PlaceState place) => Places[place.Number].State = _byUrl[place.Url] = place;

    protected override void RemovePlace(long place)
    {
        Places.Remove(place, out var removed);
        _byUrl.Remove(removed!.State.Url);
    }

    protected override bool AddVisit(long place, long at, long session) => Places[place].Visits.Add(at);

    protected override int RemoveVisits(long place, ForgetRange range) => Places[place].Visits.RemoveWhere(range.Contains);

    protected override void PutTitle(long place, long at, string title) => Places[place].Titles[at] = title;

    protected override void RemoveTitles(long place, ForgetRange range)
    {
        var titles = Places[place].Titles;
        titles.Keys.Where(range.Contains).ToList().ForEach(at => titles.Remove(at));
    }

    protected override void AddStar(long place, NewStar star) => Places[place].StarTimes.Add(star.Now);

    protected override void RemoveStars(long place) => Places[place].StarTimes.Clear();

    protected override void PutPage(long place, NewPage page) => Places[place].Page = (page.Now, page.Excerpt, page.Text);

    protected override void RemovePage(long place) => Places[place].Page = null;

    private static bool Touches(MemoryPlace place, ForgetRange range) =>
        place.Visits.Any(range.Contains) || place.Titles.Keys.Any(range.Contains) || place.StarTimes.Any(range.Contains) || (place.Page is { At: var at } && range.Contains(at));

    private static PlaceState Copy(PlaceState place) => new PlaceState { Number = place.Number, Url = place.Url }.Load(
        place.Title, place.TitleAt, place.Visits, place.LastVisitedAt, place.SeenAt, place.Frecency, place.StarredAt, place.Change, place.StarChange);
}
