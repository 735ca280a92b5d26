using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Sdk.Push;

namespace Loop.Bench.Load.Workloads.WebPush;

/// <summary>One encrypted message after another by a plain HTTP client, each until the application has it decrypted.</summary>
internal static class CallbackMeasure
{
    private const int WarmupRounds = 500;
    private const int Rounds = 500;
    private const string SecondsToLive = "60";

    private static readonly byte[] Content = new byte[100];

    public static async Task RunAsync(ClientContext context)
    {
        await using var connection = await context.ConnectAsync<IChannelConnection>("application");
        var subscription = await connection.Channel.Push.SubscribeAsync("bench");
        using var sender = new HttpClient();
        await using var messages = subscription.MessagesAsync().GetAsyncEnumerator();
        await RecordAsync(sender, subscription, messages, WarmupRounds);
        var times = await RecordAsync(sender, subscription, messages, Rounds);
        ClientContext.Report(MetricNames.PostToCallbackP50, times.GetPercentile(50));
    }

    private static async Task<LatencyRecorder> RecordAsync(HttpClient sender, PushSubscription subscription, IAsyncEnumerator<ReceivedPush> messages, int rounds)
    {
        var times = new LatencyRecorder();
        for (var round = 0; round < rounds; round++)
        {
            using var body = new ByteArrayContent(WebPushEncryption.Encrypt(Content, subscription.Recipient));
            body.Headers.ContentEncoding.Add(WebPushEncryption.ContentEncoding);
            using var request = new HttpRequestMessage(HttpMethod.Post, subscription.Endpoint) { Content = body };
            request.Headers.Add("TTL", SecondsToLive);

            var start = Stopwatch.GetTimestamp();
            var posting = sender.SendAsync(request);
            await messages.MoveNextAsync();
            times.Add(start);
            using var answer = await posting;
            answer.EnsureSuccessStatusCode();
            if (!messages.Current.Content!.Value.Span.SequenceEqual(Content))
            {
                throw new InvalidOperationException("Another message came.");
            }
        }

        return times;
    }
}
