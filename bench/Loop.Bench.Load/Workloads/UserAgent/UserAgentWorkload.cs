using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Targets.Loop;
using Loop.Sdk.Feeds;
using Loop.Sdk.UserAgent;

namespace Loop.Bench.Load.Workloads.UserAgent;

/// <summary>A window on a large history: visits one after the other, searches, top sites, and the stars from nothing to all of them. In the end, what the server's process takes.</summary>
internal sealed class UserAgentWorkload : IWorkload
{
    private const int Snapshots = 11;
    private const int Limit = 20;
    private const int NewPlaces = 1000;
    private const double Mebibyte = 1024 * 1024;

    public string Name => WorkloadNames.UserAgent;

    public async Task RunAsync(ClientContext context)
    {
        await using (var connection = await context.ConnectAsync<IChannelConnection>(UserAgentData.Account))
        {
            var agent = connection.Channel.UserAgent;
            var session = await agent.StartSessionAsync();
            var text = new BrowsingText(seed: 1);
            var visits = await MeasureAsync(context, () => VisitAsync(agent, session, text.Next(UserAgentData.Places + NewPlaces)));
            ClientContext.Report(MetricNames.VisitP50, visits.GetPercentile(50));

            var mix = new SearchMix(text);
            var searches = await MeasureAsync(context, async () => mix.Check(await agent.SearchAsync(mix.Next(), Limit)));
            ClientContext.Report(MetricNames.SearchP50, searches.GetPercentile(50) / 1000);
            ClientContext.Report(MetricNames.SearchP95, searches.GetPercentile(95) / 1000);

            var sites = await MeasureAsync(context, () => agent.GetTopSitesAsync(Limit));
            ClientContext.Report(MetricNames.TopSitesP50, sites.GetPercentile(50) / 1000);
        }

        // The first ones warm both processes up.
        await SnapshotAsync(context, new LatencyRecorder());
        var snapshots = new LatencyRecorder();
        await SnapshotAsync(context, snapshots);
        ClientContext.Report(MetricNames.Snapshot, snapshots.GetPercentile(50) / 1000);
        ClientContext.Report(MetricNames.ResidentMebibytes, (await context.Control.GetStatsAsync()).ResidentBytes / Mebibyte);
    }

    private static async Task SnapshotAsync(ClientContext context, LatencyRecorder times)
    {
        for (var round = 0; round < Snapshots; round++)
        {
            await using var connection = await context.ConnectAsync<IChannelConnection>(UserAgentData.Account);
            var start = Stopwatch.GetTimestamp();
            await ReadStarsAsync(connection.Channel.UserAgent);
            times.Add(start);
        }
    }

    private static async Task<LatencyRecorder> MeasureAsync(ClientContext context, Func<Task> act)
    {
        var warmup = Stopwatch.StartNew();
        while (warmup.Elapsed < context.Warmup)
        {
            await act();
        }

        var times = new LatencyRecorder();
        var measured = Stopwatch.StartNew();
        while (measured.Elapsed < context.Duration)
        {
            var start = Stopwatch.GetTimestamp();
            await act();
            times.Add(start);
        }

        return times;
    }

    // With the title that it has, as pages nearly always have.
    private static Task VisitAsync(UserAgentClient agent, long session, int place) => agent.VisitAsync(UserAgentData.UrlOf(place), session, UserAgentData.TitleOf(place));

    private static async Task ReadStarsAsync(UserAgentClient agent)
    {
        var urls = new HashSet<string>();
        await foreach (var change in agent.Stars.SubscribeAsync())
        {
            urls.UnionWith((change.Kind == FeedEventKind.Snapshot ? change.Snapshot.Items : change.Change?.Put ?? []).Select(static star => star.Url));
            if (urls.Count == UserAgentData.Stars)
            {
                return;
            }
        }

        throw new InvalidOperationException("Stars are missing.");
    }
}
