using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Targets.Loop;

namespace Loop.Bench.Load.Workloads.WebPush;

/// <summary>Application servers post as fast as they are answered, to receivers that are connected. Counted is what came, until the last of it came.</summary>
internal static class ThroughputMeasure
{
    private const int SecondsToLive = 3600;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(ClientContext context, int receivers, int posters)
    {
        var receiving = await ClientContext.ConnectManyAsync(receivers, i => PushReceiver.ConnectAsync(context, $"receiver-{i}"));
        var posting = await ClientContext.ConnectManyAsync(posters, _ => PosterConnection.ConnectAsync(receiving[0].Endpoint));
        var requests = receiving.Select(static receiver => PosterConnection.CreateRequest(receiver.Endpoint, SecondsToLive)).ToArray();

        var posted = await PostAsync(posting, requests, receiving, from: 0, context.Warmup);
        var start = Stopwatch.GetTimestamp();
        var last = await PostAsync(posting, requests, receiving, posted, context.Duration);
        var perSecond = (last - posted) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        ClientContext.Report(context.Target == LoopTarget.MemoryName ? MetricNames.MemoryPerSecond : MetricNames.DurablePerSecond, perSecond);

        await Task.WhenAll(receiving.Select(static receiver => receiver.DisposeAsync().AsTask()));
        Array.ForEach(posting, static poster => poster.Dispose());
        if (receiving.Sum(static receiver => receiver.Doubled) is var doubled and > 0)
        {
            throw new InvalidOperationException($"{doubled} messages came again.");
        }
    }

    // Numbers are given out one after another, so the next one says how many there were.
    private static async Task<int> PostAsync(PosterConnection[] posters, byte[][] requests, PushReceiver[] receivers, int from, TimeSpan duration)
    {
        var (start, next) = (Stopwatch.GetTimestamp(), from);
        await Task.WhenAll(posters.Select(async poster =>
        {
            var request = new byte[requests.Max(static request => request.Length)];
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var number = Interlocked.Increment(ref next) - 1;
                var length = requests[number % requests.Length].Length;
                requests[number % requests.Length].CopyTo(request, 0);
                SealedBody.Number(request.AsSpan(0, length), number);
                await poster.PostAsync(request.AsMemory(0, length));
            }
        }));
        var waiting = Stopwatch.GetTimestamp();
        while (receivers.Sum(static receiver => receiver.Received) is var received && received < next)
        {
            if (Stopwatch.GetElapsedTime(waiting) > Patience)
            {
                throw new InvalidOperationException($"{next - received} messages were lost.");
            }

            await Task.Delay(Look);
        }

        return next;
    }
}
