namespace Loop.Sdk.Server.Storage;

/// <summary>Reads an owner's feed: rooms and tombstones, each by its index, merged by offset.</summary>
internal static class RoomFeedReader
{
    private const string Epoch = "SELECT epoch FROM store";

    private const string Bounds = "SELECT head, floor FROM owners WHERE account = ?1";

    private const string Rooms = $"SELECT {RoomRows.Columns} FROM rooms WHERE owner = ?1 AND change > ?2 ORDER BY change LIMIT ?3";

    private const string Tombstones = "SELECT change, token FROM tombstones WHERE owner = ?1 AND change > ?2 ORDER BY change LIMIT ?3";

    private const string Gone = "SELECT token FROM tombstones WHERE owner = ?1 AND deleted >= ?2 ORDER BY change DESC LIMIT ?3";

    // CROSS JOIN: the owner's rooms first, by their index, then the participants of each.
    private const string Participants =
        $"SELECT {ParticipantRows.Columns} FROM rooms r CROSS JOIN participants p ON p.room = r.token WHERE r.owner = ?1 AND r.change > ?2 AND r.change <= ?3 ORDER BY p.joined, p.id";

    public static string ReadEpoch(SqliteSession session) => session.Text(Epoch)!;

    public static RoomChanges Read(SqliteSession session, string owner, long since, int limit)
    {
        var epoch = ReadEpoch(session);
        var (head, floor) = session.Prepare(Bounds).Bind(owner).First(static row => (row.Number(0), row.Number(1)));
        if (since < 0 || since > head || (since > 0 && since < floor))
        {
            return new RoomChanges(epoch, head, [], More: false, SnapshotNeeded: true);
        }

        // One more than asked for says whether there is more. All rooms of a moment are not cut.
        var most = since > 0 ? limit + 1L : -1;
        var rooms = session.Prepare(Rooms).Bind(owner).Bind(since).Bind(most).ToList(RoomRows.Read);
        var gone = since > 0 ? session.Prepare(Tombstones).Bind(owner).Bind(since).Bind(most).ToList(Tombstone) : [];
        var last = rooms.Count > 0 ? rooms[^1].Offset : since;
        var participants = session.Prepare(Participants).Bind(owner).Bind(since).Bind(last).ToList(ParticipantRows.Read).ToLookup(static participant => participant.Room);

        var changes = Merge(rooms.ConvertAll(room => new RoomChange(room.Offset, room.Token, room, [.. participants[room.Token]])), gone);
        var more = since > 0 && changes.Count > limit;
        if (more)
        {
            changes.RemoveRange(limit, changes.Count - limit);
        }

        return new RoomChanges(epoch, more ? changes[^1].Offset : head, changes, more, SnapshotNeeded: false);
    }

    public static List<string> ReadGone(SqliteSession session, string owner, long since, int limit)
    {
        var gone = session.Prepare(Gone).Bind(owner).Bind(since).Bind((long)limit).ToList(static row => row.Text(0));
        gone.Reverse();
        return gone;
    }

    private static RoomChange Tombstone(SqliteStatement row) => new(row.Number(0), row.Text(1), null, []);

    private static List<RoomChange> Merge(List<RoomChange> rooms, List<RoomChange> gone)
    {
        if (gone.Count == 0)
        {
            return rooms;
        }

        rooms.AddRange(gone);
        rooms.Sort(static (left, right) => left.Offset.CompareTo(right.Offset));
        return rooms;
    }
}
