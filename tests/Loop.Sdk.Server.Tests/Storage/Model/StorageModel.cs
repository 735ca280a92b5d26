using System.Text.Json;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Model;

/// <summary>Makes an operation of a number, and a text of what came of it.</summary>
internal static class StorageModel
{
    private const int Operations = 18;
    private static readonly CancellationToken None = CancellationToken.None;

    public static async Task<string> RunAsync(IRoomStorage store, uint number)
    {
        var rest = number / Operations;
        var token = $"r{rest % 3}";
        var user = $"u{rest / 3 % 4}";
        var value = (int)(rest / 12 % 6);
        var now = 1000 + (value * 100);
        return Describe(await RunAsync(store, (int)(number % Operations), token, user, value, now));
    }

    /// <summary>Everything that can be read.</summary>
    public static async Task<string> ReadAllAsync(IRoomStorage store)
    {
        var all = new List<string>();
        for (var index = 0; index < 4; index++)
        {
            for (var since = 0; since < 4; since++)
            {
                all.Add(Describe((await store.Rooms.ListAsync($"u{index}", since, 3, None)) with { Epoch = "" }));
                all.Add(Describe(await store.Timelines.ReadChangesAsync($"r{index}", since, 3, None)));
                all.Add(Describe(await store.Timelines.ReadBackAsync($"r{index}", since + 1, 2, None)));
                all.Add(Describe(await store.Members.ListNoticesAsync($"r{index}", "m1", since, None)));
                all.Add(Describe(await store.Members.ListAsync($"r{index}", since, None)));
                all.Add(Describe(await store.Members.FindAsync($"r{index}", $"m{since}", None)));
                all.Add(Describe(await store.Members.GetGuestAsync($"r{index}", $"g{since}", 1200, None)));
            }
        }

        return string.Join('\n', all);
    }

    private static async Task<object?> RunAsync(IRoomStorage store, int operation, string token, string user, int value, long now) => operation switch
    {
        0 => await store.Rooms.CreateAsync(Samples.Room(token, user, 1 + value) with { CreatedAt = now, ExpiresAt = now + 300, FixedExpiry = value > 3, OwnerLimit = 1 + (value / 2) }, None),
        1 => await store.Rooms.UpdateAsync(token, new RoomUpdate { ExpectedVersion = value, Locked = value > 3, RoomName = value == 2 ? "" : user }, now, None),
        2 => await store.Rooms.UpdateAsync(token, new RoomUpdate { Context = Samples.Context(value + 1) }, now, None),
        3 => await store.Rooms.RotateAsync(token, Samples.Rotation(value + 1, "m1", "m2") with { RemovedUsers = [user, "guest:g1"], Bar = value > 2 }, now, None),
        4 => await store.Rooms.TransferAsync(token, new RoomTransfer { Owner = user, OwnerLimit = 1 + (value / 2) }, now, None),
        5 => await store.Rooms.DeleteAsync(user, [token, "r1"], now, None),
        6 => await store.Rooms.SweepAsync(new RoomSweep { Now = now, TombstonesBefore = now - 200, MaxTombstones = value, Limit = 1 + value }, None),
        7 => await store.Participants.JoinAsync(Samples.Join(user, room: token, clientMaxSize: 1 + value, expiresAt: now + 150) with { Id = $"p{value}" }, now, None),
        8 => await store.Participants.RefreshAsync(token, $"p{value}", now + 100, now, None),
        9 => await store.Participants.LeaveAsync(token, $"p{value}", now, None),
        10 => await store.Members.AnnounceAsync(new MemberRecord(token, value / 2, value > 3 ? "m1" : user, user, 1 + (value / 2), new[] { (byte)value }), $"p{value}", now, None),
        11 => await store.Timelines.AppendAsync(Samples.Entry($"k{value}", user, token, (byte)value), now, None),
        12 => value < 4
            ? await store.Timelines.EditAsync(new EntryEdit(token, 1 + (value / 2), 2 + (value % 2), new[] { (byte)value }), now, None)
            : await store.Timelines.DeleteAsync(token, value - 3, now, None),
        13 => await store.Participants.RemoveUserAsync(token, value == 5 ? "guest:g1" : user, value > 3, now, None),
        14 => await store.Participants.PardonAsync(token, None),
        15 => await store.Timelines.SweepAsync(now - 200, 1 + value, None),
        16 => await store.Participants.JoinAsync(Guest(token, value, now), now, None),
        _ => await store.Timelines.PruneAsync(token, value, now - 300, None),
    };

    private static RoomJoin Guest(string token, int value, long now)
    {
        var guest = new GuestRecord(token, $"g{value % 2}", new byte[32], now, now + 150);
        return Samples.Join(guest.User, room: token, expiresAt: now + 150) with
        {
            Id = $"p{value}",
            ExtendRoomTo = now + 400,
            Guest = value > 1 ? guest : null,
            Announcement = value > 2 ? new MemberRecord(token, 1, $"m{value % 3}", guest.User, 1 + (value / 2), new[] { (byte)value }) : null,
        };
    }

    private static string Describe<T>(T result) => JsonSerializer.Serialize<object?>(result);
}
