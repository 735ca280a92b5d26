namespace Loop.Sdk.Server.Storage;

/// <summary>
/// An account's events and what is derived of them, within one transaction. What writes mean is said here, once for all stores; a store says how rows are found and kept.
/// Events are visits, titles, stars and pages; what is derived is in <see cref="PlaceState"/>, and can be derived again.
/// </summary>
internal abstract class AgentLedger
{
    private const long NoSession = 0;

    public abstract AgentCounters Counters { get; }

    public UserAgentResult Start(NewAgentSession session)
    {
        if (Known(session.Key, AgentWriteKind.Session) is { } known)
        {
            return known;
        }

        if (session.Ancestor is { } ancestor && FindSession(ancestor) is null)
        {
            return new(UserAgentOutcome.AncestorNotFound);
        }

        if (Counters.Open >= session.MaxOpen)
        {
            return new(UserAgentOutcome.TooMany);
        }

        Counters.Open++;
        var record = new AgentSessionRecord
        {
            Id = ++Counters.Sessions,
            Scope = session.Scope,
            Ancestor = session.Ancestor,
            Reason = session.Reason,
            StartedAt = session.StartedAt,
            Offset = ++Counters.Head,
        };
        Put(record);
        return Done(session.Key, AgentWriteKind.Session, session.StartedAt, record.Id);
    }

    public UserAgentResult End(long id, string? reason, long now)
    {
        if (FindSession(id) is not { } session)
        {
            return new(UserAgentOutcome.SessionNotFound);
        }

        if (session.EndedAt is not null)
        {
            return new(UserAgentOutcome.SessionEnded);
        }

        Counters.Open--;
        Put(session with { EndedAt = now, EndReason = reason, Offset = ++Counters.Head });
        return new(UserAgentOutcome.Done);
    }

    public UserAgentResult Add(NewVisit visit)
    {
        if ((Known(visit.Key, AgentWriteKind.Visit) ?? Closed(visit.Session)) is { } known)
        {
            return known;
        }

        var place = PlaceOf(visit.Url);
        Entitle(place, visit.Title, visit.At);
        if (AddVisit(place.Number, visit.At, visit.Session))
        {
            place.Visit(visit.At);
        }

        Keep(place);
        return Done(visit.Key, AgentWriteKind.Visit, visit.Now);
    }

    public UserAgentResult Save(NewPage page)
    {
        if ((Known(page.Key, AgentWriteKind.Page) ?? Closed(page.Session)) is { } known)
        {
            return known;
        }

        var place = PlaceOf(page.Url);
        Entitle(place, page.Title, page.Now);

        // A clock that was set back makes no page older than the one that it replaces.
        var kept = page with { Now = Math.Max(page.Now, PageTime(place.Number) ?? 0) };
        place.Keep(kept.Now);
        PutPage(place.Number, kept);
        Keep(place);
        return Done(page.Key, AgentWriteKind.Page, page.Now);
    }

    public UserAgentResult Star(NewStar star)
    {
        var kind = star.IsStarred ? AgentWriteKind.Star : AgentWriteKind.Unstar;
        if ((Known(star.Key, kind) ?? Closed(star.Session)) is { } known)
        {
            return known;
        }

        var place = FindPlace(star.Url);
        var isStarred = place?.StarredAt is not null;
        if (star.IsStarred && !isStarred && Counters.Stars >= star.MaxStars)
        {
            return new(UserAgentOutcome.TooMany);
        }

        // To take a star from a place that is not known makes no place of it.
        if (star.IsStarred || place is not null)
        {
            place ??= AddPlace(star.Url);
            Entitle(place, star.Title, star.Now);
            if (isStarred != star.IsStarred)
            {
                Counters.Stars += star.IsStarred ? 1 : -1;
                AddStar(place.Number, star);
                place.Star(star.IsStarred ? star.Now : null);
            }

            Keep(place);
        }

        return Done(star.Key, kind, star.Now);
    }

    /// <summary>Adds what another browser knows. If it throws, the transaction must be undone.</summary>
    public PlaceImportResult Import(PlaceImport import, CancellationToken cancellationToken)
    {
        var (places, visits, stars) = (0L, 0L, 0L);
        foreach (var imported in import.Places)
        {
            cancellationToken.ThrowIfCancellationRequested();
            UserAgentRecordGuard.Check(imported);
            var place = FindPlace(imported.Url);
            if (place is null && imported is { IsStarred: false, Visits.Count: 0 })
            {
                continue;
            }

            places += place is null ? 1 : 0;
            place ??= AddPlace(imported.Url);
            Entitle(place, imported.Title, imported.TitleAt);
            visits += AddVisits(place, imported.Visits);
            stars += IsNewStar(imported, place) ? Star(place, imported.StarredAt ?? import.Now, import.MaxStars) : 0;
            if (place.IsChanged)
            {
                Keep(place);
            }
        }

        return new(places, visits, stars);
    }

    /// <summary>Deletes what the next places have of a time, and makes all positions from before need a snapshot.</summary>
    public ForgetStep Forget(ForgetRange range, long after, int limit)
    {
        var places = range.Url is { } url ? (FindPlace(url) is { } one ? [one] : []) : FindPlaces(range, after, limit);
        var (visits, pages) = (0L, 0L);
        foreach (var place in places)
        {
            var removed = Forget(place, range);
            (visits, pages) = (visits + removed.Visits, pages + removed.Pages);
        }

        Counters.Floor = ++Counters.Head;
        return new(visits, pages, range.Url is null && places.Count == limit ? places[^1].Number : null);
    }

    public abstract PlaceState? FindPlace(string url);

    public abstract IEnumerable<long> Visits(long place);

    public abstract long? PageTime(long place);

    public abstract (string? Title, long At) LastTitle(long place);

    protected static LoopException TooManyStars() => new(ErrorCodes.TooManyStars, "With those of the import there would be more stars than may be.");

    /// <summary>Whether an import stars a place. Later words count; of the same time, those that are known.</summary>
    protected bool IsNewStar(ImportedPlace imported, PlaceState place) =>
        imported.IsStarred && place.StarredAt is null && (LastStar(place.Number) is not { } last || imported.StarredAt > last);

    /// <summary>When the last star was given or taken.</summary>
    protected abstract long? LastStar(long place);

    /// <summary>The next places that have something of a time, by number.</summary>
    protected abstract IReadOnlyList<PlaceState> FindPlaces(ForgetRange range, long after, int limit);

    protected abstract (AgentWriteKind Kind, long Result)? FindKey(string key);

    protected abstract void AddKey(string key, AgentWriteKind kind, long result, long now);

    protected abstract AgentSessionRecord? FindSession(long id);

    protected abstract void Put(AgentSessionRecord session);

    protected abstract PlaceState AddPlace(string url);

    /// <summary>Keeps what is derived.</summary>
    protected abstract void PutPlace(PlaceState place);

    protected abstract void RemovePlace(long place);

    /// <returns>Whether it is new.</returns>
    protected abstract bool AddVisit(long place, long at, long session);

    protected abstract int RemoveVisits(long place, ForgetRange range);

    protected abstract void PutTitle(long place, long at, string title);

    protected abstract void RemoveTitles(long place, ForgetRange range);

    protected abstract void AddStar(long place, NewStar star);

    protected abstract void RemoveStars(long place);

    /// <summary>Keeps a page; its place is kept right after it.</summary>
    protected abstract void PutPage(long place, NewPage page);

    /// <summary>Removes a page; its place is kept or removed right after it.</summary>
    protected abstract void RemovePage(long place);

    private UserAgentResult? Known(string? key, AgentWriteKind kind) =>
        key is null || FindKey(key) is not { } known ? null : new(known.Kind == kind ? UserAgentOutcome.Repeated : UserAgentOutcome.KeyConflict, known.Kind == kind ? known.Result : 0);

    private UserAgentResult? Closed(long session) => FindSession(session) switch
    {
        null => new(UserAgentOutcome.SessionNotFound),
        { EndedAt: not null } => new(UserAgentOutcome.SessionEnded),
        _ => null,
    };

    private UserAgentResult Done(string? key, AgentWriteKind kind, long now, long session = 0)
    {
        if (key is not null)
        {
            AddKey(key, kind, session, now);
        }

        return new(UserAgentOutcome.Done, session);
    }

    private int AddVisits(PlaceState place, IReadOnlyList<long> visits)
    {
        var added = 0;
        foreach (var at in visits)
        {
            if (AddVisit(place.Number, at, NoSession))
            {
                place.Visit(at);
                added++;
            }
        }

        return added;
    }

    private int Star(PlaceState place, long at, int maxStars)
    {
        if (++Counters.Stars > maxStars)
        {
            throw TooManyStars();
        }

        AddStar(place.Number, new NewStar { Url = place.Url, Session = NoSession, IsStarred = true, Now = at });
        place.Star(at);
        return 1;
    }

    private PlaceState PlaceOf(string url) => FindPlace(url) ?? AddPlace(url);

    // A title is an event only if it says something new.
    private void Entitle(PlaceState place, string? title, long at)
    {
        if (string.IsNullOrEmpty(title) || (title == place.Title && at >= place.TitleAt))
        {
            return;
        }

        PutTitle(place.Number, at, title);
        if (place.Title is null || at >= place.TitleAt)
        {
            place.Entitle(title, at);
        }
    }

    private void Keep(PlaceState place)
    {
        if (place.IsChanged)
        {
            place.SetOffset(++Counters.Head);
        }

        PutPlace(place);
    }

    /// <summary>Deletes what a place has of a time; the place too, if nothing is left of it.</summary>
    /// <returns>How many visits and pages were deleted.</returns>
    private (int Visits, int Pages) Forget(PlaceState place, ForgetRange range)
    {
        var visits = RemoveVisits(place.Number, range);
        var keptAt = PageTime(place.Number);
        var pages = keptAt is { } at && range.Contains(at) ? 1 : 0;
        if (pages > 0)
        {
            RemovePage(place.Number);
            keptAt = null;
        }

        if (range.Stars && place.StarredAt is { } starredAt && range.Contains(starredAt))
        {
            Counters.Stars--;
            RemoveStars(place.Number);
            place.Star(null);
        }

        // The title of a star is the star's.
        if (place.StarredAt is null)
        {
            RemoveTitles(place.Number, range);
        }

        var (title, titleAt) = LastTitle(place.Number);
        place.Derive(Visits(place.Number), keptAt, title, titleAt);
        if (place is { Visits: 0, StarredAt: null } && keptAt is null)
        {
            RemovePlace(place.Number);
        }
        else
        {
            Keep(place);
        }

        return (visits, pages);
    }
}
