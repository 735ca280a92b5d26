using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Removes what has expired, and tells those who follow it.</summary>
internal sealed class Sweeper(RoomsCore core)
{
    private const int AtOnce = 500;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        int rooms = 0, participants = 0, tombstones = 0;
        RoomSweepResult result;
        do
        {
            var now = core.Now;
            var sweep = new RoomSweep
            {
                Now = now,
                TombstonesBefore = Math.Max(0, now - (long)core.Options.TombstoneLifetime.TotalMilliseconds),
                MaxTombstones = core.Options.MaxTombstones,
                Limit = AtOnce,
            };
            result = await core.Storage.Rooms.SweepAsync(sweep, cancellationToken).ConfigureAwait(false);
            await TellAsync(result, now, cancellationToken).ConfigureAwait(false);
            rooms += result.Rooms.Count;
            participants += result.Participants.Count;
            tombstones += result.Tombstones;
        }
        while (result.More);

        var entries = await SweepEntriesAsync(cancellationToken).ConfigureAwait(false);
        if (rooms + participants + tombstones + entries > 0)
        {
            core.Log.Swept(rooms, participants, tombstones, entries);
            core.Metrics.Swept("room", rooms);
            core.Metrics.Swept("participation", participants);
            core.Metrics.Swept("tombstone", tombstones);
            core.Metrics.Swept("entry", entries);
        }
    }

    private async ValueTask TellAsync(RoomSweepResult result, long now, CancellationToken cancellationToken)
    {
        foreach (var room in result.Rooms)
        {
            core.Live.Find(room.Token)?.End();
            core.OwnerChanged(room.Owner, now);
        }

        foreach (var group in result.Participants.GroupBy(static participant => participant.Room))
        {
            var room = core.Live.Find(group.Key);
            foreach (var participant in group)
            {
                room?.Members.Find(participant.Id)?.End(ErrorCodes.ParticipationExpired);
            }

            // Whose the room is matters only to those who follow their lists, or are told in other ways.
            var owner = room?.Owner;
            if (owner is null && core.IsObserved)
            {
                owner = (await core.Storage.Rooms.GetAsync(group.Key, cancellationToken).ConfigureAwait(false))?.Owner;
            }

            core.Changed(group.Key, owner, now);
        }
    }

    private async ValueTask<int> SweepEntriesAsync(CancellationToken cancellationToken)
    {
        if (core.Options.TimelineAge is not { } age)
        {
            return 0;
        }

        var before = Math.Max(0, core.Now - (long)age.TotalMilliseconds);
        var total = 0;
        int removed;
        do
        {
            removed = await core.Storage.Timelines.SweepAsync(before, AtOnce, cancellationToken).ConfigureAwait(false);
            total += removed;
        }
        while (removed == AtOnce);

        return total;
    }
}
