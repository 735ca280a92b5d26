using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Sdk.Rooms;

namespace Loop.Bench.Load.Workloads.Rooms;

/// <summary>Create, join, and how long until the other side sees who joined; beside one call on the same session.</summary>
internal static class JoinMeasure
{
    private const int Rounds = 300;

    public static async Task RunAsync(ClientContext context)
    {
        await using var owner = await RoomsUser.ConnectAsync(context, "owner");
        await using var guest = await RoomsUser.ConnectAsync(context, "guest");
        await RecordAsync(owner, guest);
        var (calls, seen, created) = await RecordAsync(owner, guest);
        ClientContext.Report(MetricNames.CallP50, calls.GetPercentile(50));
        ClientContext.Report(MetricNames.JoinSeenP50, seen.GetPercentile(50));
        ClientContext.Report(MetricNames.CreateJoinSeenP50, created.GetPercentile(50));
    }

    private static async Task<(LatencyRecorder Calls, LatencyRecorder Seen, LatencyRecorder Created)> RecordAsync(RoomsUser owner, RoomsUser guest)
    {
        var (calls, seen, created) = (new LatencyRecorder(), new LatencyRecorder(), new LatencyRecorder());
        var token = await owner.CreateAsync();
        await using (var participants = owner.Rooms.Participants(new RoomRef(token)).SubscribeAsync().GetAsyncEnumerator())
        {
            await participants.MoveNextAsync();
            for (var round = 0; round < Rounds; round++)
            {
                await calls.RecordAsync(owner.Connection);
                var start = Stopwatch.GetTimestamp();
                var joined = guest.JoinAsync(token);
                while (await participants.MoveNextAsync() && participants.Current.Change.Put is not { Count: > 0 })
                {
                }

                seen.Add(start);
                await joined;
                await guest.Rooms.LeaveAsync(new RoomRef(token));
            }
        }

        await using var list = owner.Rooms.List().SubscribeAsync().GetAsyncEnumerator();
        await list.MoveNextAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var room = await owner.CreateAsync();
            var joined = guest.JoinAsync(room);
            while (await list.MoveNextAsync() && !Shows(list.Current.Change.Put, room))
            {
            }

            created.Add(start);
            await joined;
            await owner.Rooms.DeleteAsync(new DeleteRooms([room]));
        }

        return (calls, seen, created);
    }

    private static bool Shows(IReadOnlyList<RoomInfo>? rooms, string token) => rooms?.Any(room => room.Token == token && room.Participants is { Count: > 0 }) ?? false;
}
