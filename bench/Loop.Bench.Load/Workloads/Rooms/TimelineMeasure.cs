using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Sdk.Rooms;

namespace Loop.Bench.Load.Workloads.Rooms;

/// <summary>Many write into one room, each its next entry when the last one is durable, and more follow. Counted until the last follower has seen the last entry.</summary>
internal static class TimelineMeasure
{
    public static async Task RunAsync(ClientContext context, int writers, int readers)
    {
        await using var owner = await RoomsUser.ConnectAsync(context, "host");
        var token = await owner.CreateAsync();
        var writing = await ConnectAsync(context, "writer", writers, token);
        var reading = await ConnectAsync(context, "reader", readers, token);
        var followers = reading.Select(_ => new TimelineFollower()).ToArray();
        var following = reading.Zip(followers, (reader, follower) => follower.RunAsync(reader.Timeline.Changes(new RoomRef(token)))).ToArray();
        await Task.WhenAll(followers.Select(static follower => follower.Started));

        await WriteAsync(writing, followers, token, context.Warmup);
        var (entries, seconds) = await WriteAsync(writing, followers, token, context.Duration);
        ClientContext.Report(MetricNames.TimelinePerSecond, entries / seconds);
        ClientContext.Report(MetricNames.Diverged, followers.Count(follower => follower.Digest != followers[0].Digest || follower.Entries != followers[0].Last));

        await Task.WhenAll(reading.Select(static reader => reader.DisposeAsync().AsTask()));
        await Task.WhenAll(writing.Select(static writer => writer.DisposeAsync().AsTask()));
        await Task.WhenAll(following);
    }

    private static async Task<(long Entries, double Seconds)> WriteAsync(RoomsUser[] writers, TimelineFollower[] followers, string token, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(writers.Select(async writer =>
        {
            var (count, last) = (0L, 0L);
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                last = (await writer.AppendAsync(token)).Sequence;
                count++;
            }

            return (count, last);
        }));
        await Task.WhenAll(followers.Select(follower => follower.UntilAsync(counts.Max(static written => written.last))));
        return (counts.Sum(static written => written.count), Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static Task<RoomsUser[]> ConnectAsync(ClientContext context, string name, int count, string token) => ClientContext.ConnectManyAsync(count, async i =>
    {
        var user = await RoomsUser.ConnectAsync(context, $"{name}-{i}");
        await user.JoinAsync(token);
        return user;
    });
}
