using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Targets.Loop;
using Loop.Sdk.Push;

namespace Loop.Bench.Load.Workloads.WebPush;

/// <summary>An agent comes back to hundreds of messages, among very many of others: from its hello until it has the first.</summary>
internal static class BacklogMeasure
{
    private const string Account = "away";
    private const int Rounds = 21;

    public static async Task RunAsync(ClientContext context, int messages)
    {
        PushHello hello;
        await using (var first = await context.ConnectAsync<IChannelConnection>(Account))
        {
            var push = first.Channel.Service<IPush>();
            var welcome = await push.HelloAsync(new PushHello());
            var subscription = await push.SubscribeAsync(new SubscribePush { Channel = Guid.NewGuid().ToString() });
            hello = new PushHello { Agent = welcome.Agent, Secret = welcome.Secret };
            if (await context.Control.StoreBacklogAsync(new Uri(subscription.Endpoint).Segments[^1], messages) != messages)
            {
                throw new InvalidOperationException("The messages were not stored.");
            }
        }

        var times = new LatencyRecorder();
        for (var round = 0; round < Rounds; round++)
        {
            await ComeBackAsync(context, hello, times);
        }

        ClientContext.Report(MetricNames.BacklogFirst, times.GetPercentile(50) / 1000);
    }

    // Nothing is acknowledged, so that all of it is there the next time.
    private static async Task ComeBackAsync(ClientContext context, PushHello hello, LatencyRecorder times)
    {
        await using var connection = await context.ConnectAsync<IChannelConnection>(Account);
        var push = connection.Channel.Service<IPush>();
        var numbers = new HashSet<int>();
        var start = Stopwatch.GetTimestamp();
        var welcome = await push.HelloAsync(hello);
        await foreach (var message in push.Receive())
        {
            if (numbers.Count == 0)
            {
                times.Add(start);
            }

            if (welcome.IsNew || !numbers.Add(SealedBody.NumberOf(message.Body!.Value.Span)))
            {
                throw new InvalidOperationException("The agent is another one, or a message came again.");
            }

            if (numbers.Count == PushBacklog.EachHas)
            {
                return;
            }
        }

        throw new InvalidOperationException($"{PushBacklog.EachHas - numbers.Count} messages were lost.");
    }
}
