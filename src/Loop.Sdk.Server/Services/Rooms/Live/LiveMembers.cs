namespace Loop.Sdk.Server.Rooms;

/// <summary>Who is using a room on this server: participations, and what the owner follows without one.</summary>
internal sealed class LiveMembers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Participation> _participations = new(StringComparer.Ordinal);
    private readonly HashSet<OwnerSeat> _owners = [];

    public void Add(Participation participation)
    {
        lock (_lock)
        {
            _participations.Add(participation.Id, participation);
        }
    }

    public void Remove(Participation participation)
    {
        lock (_lock)
        {
            _participations.Remove(participation.Id);
        }
    }

    public void Add(OwnerSeat seat)
    {
        lock (_lock)
        {
            _owners.Add(seat);
        }
    }

    public void Remove(OwnerSeat seat)
    {
        lock (_lock)
        {
            _owners.Remove(seat);
        }
    }

    public Participation? Find(string id)
    {
        lock (_lock)
        {
            return _participations.GetValueOrDefault(id);
        }
    }

    public bool Has(string user)
    {
        lock (_lock)
        {
            return _participations.Values.Any(participation => participation.User == user);
        }
    }

    /// <summary>Ends the participations with these ids.</summary>
    public void End(IReadOnlyCollection<string> ids, string reason)
    {
        foreach (var participation in Participations().Where(participation => ids.Contains(participation.Id)))
        {
            participation.End(reason);
        }
    }

    /// <summary>Ends the participations of these users, but for those with the given ids.</summary>
    public void EndOf(IReadOnlyCollection<string> users, IReadOnlyCollection<string> except, string reason)
    {
        foreach (var participation in Participations().Where(participation => users.Contains(participation.User) && !except.Contains(participation.Id)))
        {
            participation.End(reason);
        }
    }

    public void EndOwnersExcept(string owner)
    {
        foreach (var seat in Owners().Where(seat => seat.Account != owner))
        {
            seat.End(ErrorCodes.NotParticipant);
        }
    }

    public void EndAll(string reason)
    {
        Array.ForEach(Participations(), participation => participation.End(reason));
        Array.ForEach(Owners(), seat => seat.End(reason));
    }

    private Participation[] Participations()
    {
        lock (_lock)
        {
            return [.. _participations.Values];
        }
    }

    private OwnerSeat[] Owners()
    {
        lock (_lock)
        {
            return [.. _owners];
        }
    }
}
