using System.Buffers.Binary;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>One room as the server has it.</summary>
internal sealed record SimTruth(RoomRecord Room, IReadOnlyList<ParticipantRecord> Present, IReadOnlyList<EntryRecord> Entries)
{
    private const int EpochAt = 2;

    public static async Task<SimTruth?> ReadAsync(SimWorld world, string token)
    {
        var storage = world.Storage;
        if (await storage.Rooms.GetAsync(token, CancellationToken.None) is not { } room)
        {
            return null;
        }

        var present = await storage.Participants.ListAsync(token, world.Clock.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None);
        var entries = new List<EntryRecord>();
        for (TimelinePage? page = null; page is null or { More: true };)
        {
            page = await storage.Timelines.ReadBackAsync(token, entries.Count == 0 ? long.MaxValue : entries[0].Sequence, 500, CancellationToken.None);
            entries.InsertRange(0, page!.Entries.OrderBy(static entry => entry.Sequence));
        }

        return new SimTruth(room, present, entries);
    }

    /// <summary>The epoch of the key that an entry was sealed with: it stands in clear in the envelope's head.</summary>
    public static int EpochOf(EntryRecord entry) => BinaryPrimitives.ReadInt32BigEndian(entry.Payload.Span[EpochAt..]);
}
