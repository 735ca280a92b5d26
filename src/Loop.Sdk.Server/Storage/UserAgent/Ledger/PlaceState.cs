namespace Loop.Sdk.Server.Storage;

/// <summary>What is derived of a place's events, while one transaction works on it.</summary>
internal sealed class PlaceState
{
    /// <summary>The place's number in its account.</summary>
    public required long Number { get; init; }

    public required string Url { get; init; }

    public bool IsNew { get; init; }

    public string? Title { get; private set; }

    /// <summary>When the title was seen, or 0.</summary>
    public long TitleAt { get; private set; }

    public long Visits { get; private set; }

    public long LastVisitedAt { get; private set; }

    /// <summary>When it was visited or kept last, or 0.</summary>
    public long SeenAt { get; private set; }

    public double Frecency { get; private set; }

    public long? StarredAt { get; private set; }

    /// <summary>The offset of the last change in the feed of history.</summary>
    public long Change { get; private set; }

    /// <summary>The offset of the last change in the feed of stars; null if there never was one.</summary>
    public long? StarChange { get; private set; }

    public bool IsHistoryChanged { get; private set; }

    public bool IsStarChanged { get; private set; }

    public bool IsTitleChanged { get; private set; }

    /// <summary>Whether the title or its time is another.</summary>
    public bool IsTitleMoved { get; private set; }

    /// <summary>Whether anything is to be kept.</summary>
    public bool IsChanged => IsNew || IsHistoryChanged || IsStarChanged || IsTitleChanged;

    public PlaceState Load(string? title, long titleAt, long visits, long lastVisitedAt, long seenAt, double frecency, long? starredAt, long change, long? starChange)
    {
        (Title, TitleAt, Visits, LastVisitedAt, SeenAt, Frecency) = (title, titleAt, visits, lastVisitedAt, seenAt, frecency);
        (StarredAt, Change, StarChange) = (starredAt, change, starChange);
        return this;
    }

    public void Visit(long at)
    {
        Frecency = Storage.Frecency.Add(Frecency, Visits, at);
        Visits++;
        LastVisitedAt = Math.Max(LastVisitedAt, at);
        SeenAt = Math.Max(SeenAt, at);
        IsHistoryChanged = true;
    }

    public void Keep(long at)
    {
        SeenAt = Math.Max(SeenAt, at);
        IsHistoryChanged = true;
    }

    public void Entitle(string title, long at)
    {
        IsTitleMoved |= TitleAt != at || Title != title;
        TitleAt = at;
        if (Title != title)
        {
            Title = title;
            IsTitleChanged = IsHistoryChanged = true;
            IsStarChanged |= StarredAt is not null;
        }
    }

    public void Star(long? at)
    {
        StarredAt = at;
        IsStarChanged = true;
    }

    /// <summary>Begins anew from the events that are left.</summary>
    public void Derive(IEnumerable<long> visits, long? keptAt, string? title, long titleAt)
    {
        IsTitleChanged |= Title != title;
        IsTitleMoved |= IsTitleChanged || TitleAt != titleAt;
        (Title, TitleAt, Visits, LastVisitedAt, SeenAt, Frecency) = (title, titleAt, 0, 0, keptAt ?? 0, Storage.Frecency.None);
        foreach (var at in visits)
        {
            Visit(at);
        }
    }

    public void SetOffset(long offset)
    {
        Change = IsHistoryChanged && Visits > 0 ? offset : Change;
        StarChange = IsStarChanged ? offset : StarChange;
    }

    public PlaceRecord ToRecord(string? excerpt, long offset) => new()
    {
        Url = Url,
        Title = Title,
        Excerpt = excerpt,
        Visits = Visits,
        LastVisitedAt = LastVisitedAt,
        Frecency = Frecency,
        StarredAt = StarredAt,
        Offset = offset,
    };
}
