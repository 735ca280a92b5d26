using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>Compares what one client shows of a room with what the server has of it.</summary>
internal static class SimPlaceCheck
{
    /// <summary>
    /// Which keys the place must have: those of the link, and from there on those that were left for it, without a gap. The owner has all.
    /// </summary>
    public static async Task UpdateEpochsAsync(SimWorld world, SimPlace place, SimTruth truth)
    {
        if (place.Room.IsOwner)
        {
            place.Epochs.UnionWith(Enumerable.Range(1, truth.Room.Epoch));
            return;
        }

        var notices = await world.Storage.Members.ListNoticesAsync(truth.Room.Token, place.Room.MemberId, place.Epochs.Max, CancellationToken.None);
        foreach (var notice in notices.Where(notice => notice.Epoch == place.Epochs.Max + 1))
        {
            place.Epochs.Add(notice.Epoch);
        }

        // What was left for a member that it was before may have come in time.
        foreach (var member in place.Members.Where(member => member != place.Room.MemberId))
        {
            var earlier = await world.Storage.Members.ListNoticesAsync(truth.Room.Token, member, 0, CancellationToken.None);
            place.Epochs.UnionWith(earlier.Select(static notice => notice.Epoch).Where(epoch => HasRead(place, truth, epoch)));
        }
    }

    private static bool HasRead(SimPlace place, SimTruth truth, int epoch)
    {
        var ofEpoch = truth.Entries.Where(entry => !entry.Deleted && SimTruth.EpochOf(entry) == epoch).Select(static entry => entry.Sequence).ToHashSet();
        return (place.Room.Details is { Context.Status: ContextStatus.Readable } details && details.Epoch == epoch)
            || place.Entries().Any(entry => entry.Status == EntryStatus.Readable && ofEpoch.Contains(entry.Sequence));
    }

    /// <param name="place">The place.</param>
    /// <param name="truth">The room.</param>
    /// <param name="names">Under which name those saw whom who were looked at before: all must see the same.</param>
    public static async Task<string?> FindDifferenceAsync(SimPlace place, SimTruth truth, SimNames names)
    {
        if (place.Error is { } error)
        {
            return $"a view ended with {error}";
        }

        return FindInRoom(place, truth, names) ?? FindPresent(place, truth, names) ?? await FindInTimelineAsync(place, truth);
    }

    private static string? FindInRoom(SimPlace place, SimTruth truth, SimNames names)
    {
        var (shown, room) = (place.Room.Details, truth.Room);
        if (place.Room.State == RoomState.Rejoining || (shown.Version, shown.Epoch, shown.Locked) != (room.Version, room.Epoch, room.Locked))
        {
            return $"it is at version {shown.Version}, epoch {shown.Epoch}, and the server at {room.Version}, {room.Epoch}";
        }

        if (!place.Epochs.Contains(room.Epoch))
        {
            return shown.Context.Status == ContextStatus.Unreadable ? null : $"it read a context without its key: {shown.Context}";
        }

        return shown.Context.Status != ContextStatus.Readable ? $"it did not read the context: {shown.Context.Code}"
            : !place.Model.CanBeNamed(shown.Name) ? $"the room is named {shown.Name}, which is not what was acknowledged"
            : !names.IsSameRoom(shown.Name!) ? $"the room is named {shown.Name}, for others otherwise"
            : null;
    }

    private static string? FindPresent(SimPlace place, SimTruth truth, SimNames names)
    {
        var shown = place.Present();
        if (!shown.Select(static participant => participant.Id).Order(StringComparer.Ordinal).SequenceEqual(truth.Present.Select(static participant => participant.Id).Order(StringComparer.Ordinal)))
        {
            return $"it shows {shown.Count} who are present, of {truth.Present.Count}";
        }

        foreach (var participant in shown)
        {
            if (participant.IsMe != (participant.Id == place.Room.ParticipantId))
            {
                return $"it takes {participant.DisplayName} for {(participant.IsMe ? "itself" : "somebody else")}";
            }

            if (participant.Member is { } member && place.Epochs.Contains(truth.Room.Epoch) && !names.IsSame(member, participant.DisplayName))
            {
                return $"it shows {participant.DisplayName} for who is {names.Of(member)} to others: {member}";
            }
        }

        return null;
    }

    private static async Task<string?> FindInTimelineAsync(SimPlace place, SimTruth truth)
    {
        if (place.Timeline.HasOlder)
        {
            await place.Timeline.LoadOlderAsync(500);
        }

        var shown = place.Entries();
        if (!shown.Select(static entry => (entry.Sequence, entry.Version)).SequenceEqual(truth.Entries.Select(static entry => (entry.Sequence, entry.Version))))
        {
            return $"its timeline has {Describe(shown.Select(static entry => (entry.Sequence, entry.Version)))}, the server's {Describe(truth.Entries.Select(static entry => (entry.Sequence, entry.Version)))}";
        }

        var model = place.Model.Entries();
        return shown.Zip(truth.Entries, (entry, kept) => FindInEntry(place, entry, kept, model[kept.Key])).FirstOrDefault(static difference => difference is not null);
    }

    private static string? FindInEntry(SimPlace place, TimelineEntry entry, EntryRecord kept, SimEntry model)
    {
        var expected = kept.Deleted ? EntryStatus.Deleted : place.Epochs.Contains(SimTruth.EpochOf(kept)) ? EntryStatus.Readable : EntryStatus.Unreadable;
        return entry.Status != expected ? $"entry {entry.Sequence} by {entry.AuthorName}, version {entry.Version}, of epoch {(kept.Deleted ? 0 : SimTruth.EpochOf(kept))} is {entry.Status} ({entry.Code}), not {expected}"
            : expected == EntryStatus.Readable && !model.CanBe(entry.Version, entry.ReadChat().Text) ? $"entry {entry.Sequence} is '{entry.ReadChat().Text}'"
            : null;
    }

    private static string Describe(IEnumerable<(long Sequence, long Version)> entries) => string.Join(' ', entries.Select(static entry => $"{entry.Sequence}.{entry.Version}"));
}
