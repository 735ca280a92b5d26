namespace Loop.Sdk.Server.Storage;

/// <summary>Removes what has expired, inside of a transaction.</summary>
internal sealed class RoomSweeper(SqliteSession session, RoomSweep sweep)
{
    private const string ExpiredRooms = $"SELECT {RoomRows.Columns} FROM rooms WHERE expires <= ?1 ORDER BY expires, token LIMIT ?2";

    private const string ExpiredParticipants = $"SELECT {ParticipantRows.Columns} FROM participants p WHERE p.expires <= ?1 ORDER BY p.expires, p.room, p.id LIMIT ?2";

    private const string DeleteGuests =
        "DELETE FROM guests WHERE (room, id) IN (SELECT room, id FROM guests WHERE expires <= ?1 ORDER BY expires LIMIT ?2)";

    private const string OldTombstones = "SELECT owner, change FROM tombstones WHERE deleted < ?1 ORDER BY deleted LIMIT ?2";

    private const string LongFeeds = "SELECT owner, count(*) FROM tombstones GROUP BY owner HAVING count(*) > ?1";

    private const string Cut = "SELECT change FROM tombstones WHERE owner = ?1 ORDER BY change DESC LIMIT 1 OFFSET ?2";

    public RoomSweepResult Run()
    {
        var rooms = Rooms();
        var participants = Participants();
        var guests = session.Prepare(DeleteGuests).Bind(sweep.Now).Bind(sweep.Limit).Run();
        var tombstones = OldOnes() + TooMany();
        var more = rooms.Count == sweep.Limit || participants.Count == sweep.Limit || guests == sweep.Limit || tombstones >= sweep.Limit;
        return new RoomSweepResult(rooms, participants, tombstones, more);
    }

    private List<RoomRecord> Rooms()
    {
        var expired = session.Prepare(ExpiredRooms).Bind(sweep.Now).Bind(sweep.Limit).ToList(RoomRows.Read);
        expired.ForEach(room => RoomRows.Remove(session, room, sweep.Now));
        return expired;
    }

    private List<ParticipantRecord> Participants()
    {
        var expired = session.Prepare(ExpiredParticipants).Bind(sweep.Now).Bind(sweep.Limit).ToList(ParticipantRows.Read);
        expired.ForEach(participant => ParticipantRows.Remove(session, participant.Room, participant.Id));
        foreach (var token in expired.Select(static participant => participant.Room).Distinct())
        {
            RoomRows.SaveTouch(session, RoomEdits.Touch(RoomRows.Find(session, token)!, sweep.Now));
        }

        return expired;
    }

    private int OldOnes()
    {
        var old = session.Prepare(OldTombstones).Bind(sweep.TombstonesBefore).Bind(sweep.Limit).ToList(static row => (Owner: row.Text(0), Offset: row.Number(1)));
        foreach (var (owner, offset) in old)
        {
            session.Prepare("DELETE FROM tombstones WHERE owner = ?1 AND change = ?2").Bind(owner).Bind(offset).Run();
            Raise(owner, offset);
        }

        return old.Count;
    }

    private int TooMany()
    {
        var removed = 0;
        foreach (var owner in session.Prepare(LongFeeds).Bind(sweep.MaxTombstones).ToList(static row => row.Text(0)))
        {
            var cut = session.Prepare(Cut).Bind(owner).Bind(sweep.MaxTombstones).First(static row => row.Number(0));
            removed += session.Prepare("DELETE FROM tombstones WHERE owner = ?1 AND change <= ?2").Bind(owner).Bind(cut).Run();
            Raise(owner, cut);
        }

        return removed;
    }

    private void Raise(string owner, long floor) => session.Prepare("UPDATE owners SET floor = max(floor, ?2) WHERE account = ?1").Bind(owner).Bind(floor).Run();
}
