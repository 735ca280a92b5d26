namespace Loop.Sdk.Server.Storage;

/// <summary>A room with everything in it.</summary>
internal sealed class MemoryRoom(RoomRecord record)
{
    public RoomRecord Record { get; set; } = record;

    public List<ParticipantRecord> Participants { get; } = [];

    public Dictionary<(int Epoch, string Id), MemberRecord> Members { get; } = [];

    public Dictionary<string, GuestRecord> Guests { get; } = [];

    public HashSet<string> Bars { get; } = [];

    public List<RotationNotice> Notices { get; } = [];

    public MemoryTimeline Timeline { get; } = new();

    public IEnumerable<ParticipantRecord> InOrder => Participants.OrderBy(static participant => participant.JoinedAt).ThenBy(static participant => participant.Id, StringComparer.Ordinal);

    /// <summary>Those who have not expired, in order.</summary>
    public IReadOnlyList<ParticipantRecord> Present(long now) => RoomEdits.Present(Participants, now);

    /// <summary>Keeps an announcement, if it may be.</summary>
    public MemberOutcome Announce(MemberRecord member, long now)
    {
        var ofEpoch = Members.Values.Where(known => known.Epoch == member.Epoch).ToList();
        var isTaken = Members.Values.Any(known => known.Id == member.Id && known.User != member.User && Counts(known.User, now));
        var outcome = MemberRules.Decide(
            member, Members.GetValueOrDefault((member.Epoch, member.Id)), isTaken, ofEpoch.Count, ofEpoch.Count(known => known.User == member.User));
        if (outcome is MemberOutcome.Done or MemberOutcome.AlreadyDone)
        {
            Members[(member.Epoch, member.Id)] = member with { Announcement = member.Announcement.ToArray() };
        }

        return outcome;
    }

    /// <summary>Removes a user's participations and credential.</summary>
    public List<ParticipantRecord> Remove(string user, bool bar)
    {
        List<ParticipantRecord> removed = [.. InOrder.Where(participant => participant.User == user)];
        Participants.RemoveAll(removed.Contains);
        if (GuestRecord.IdOf(user) is { } guest)
        {
            Guests.Remove(guest);
        }

        if (bar)
        {
            Bars.Add(user);
        }

        return removed;
    }

    private bool Counts(string user, long now) => GuestRecord.IdOf(user) is not { } guest || Guests.GetValueOrDefault(guest)?.ExpiresAt > now;
}
