using System.Net;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Tests.Rooms.Kill;
using Loop.Sdk.Server.Tests.Storage;

namespace Loop.Sdk.Server.Tests.Push.Kill;

/// <summary>The whole way from the post to the application: the server is killed again and again, and the client lives.</summary>
[TestClass]
public sealed class PushOnceKillTests
{
    private const int Rounds = 20;
    private const int Seed = 11;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly List<string> _twice = [];
    private readonly Tally _gifts = new();

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task What_senders_were_told_is_taken_reaches_the_application_once_when_the_server_is_killed_twenty_times()
    {
        using var folder = new SqliteFolder();
        await using var server = new ServerProcess(folder.File);
        await server.StartAsync();
        await using var channel = Connect(server.Address, $"{folder.File}.keys");
        var subscription = await channel.Push.SubscribeAsync("news");
        var endpoint = subscription.Endpoint.AbsoluteUri;
        var storm = new PostStorm(mark => Sealed(mark, subscription.Recipient));
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var reading = ReadAsync(subscription, isLast: static _ => false, stop.Token);

            // Between a post and its answer, or between a message and its acknowledgement; and sometimes nobody reads.
            var tally = random.Next(2) == 0 ? storm.Taken : _gifts;
            if (random.Next(4) == 0)
            {
                tally = storm.Taken;
                await stop.CancelAsync();
            }

            await storm.RunAsync(endpoint, tally.WhenAsync(random.Next(1, 200)), server);
            await stop.CancelAsync();
            await reading;
            await server.StartAsync();
        }

        // What is posted last comes last: whatever comes again has come before.
        using var http = new HttpClient();
        var last = await storm.PostAsync(http, endpoint);
        await ReadAsync(subscription, mark => mark == last, CancellationToken.None).WaitAsync(Patience);
        Assert.IsEmpty(_twice, $"Given twice: {string.Join(", ", _twice)}");
        var lost = storm.Marks.Except(_given).ToArray();
        Assert.IsEmpty(lost, $"Never given: {string.Join(", ", lost)}");
        Assert.IsLessThanOrEqualTo(storm.Posted, _given.Count);
        await NothingWaitsAsync(http, storm, server);
        TestContext.WriteLine($"{storm.Taken.Count} of {storm.Posted} posts were answered with 201, and {_given.Count} messages were given, in {Rounds + 1} lives of the server.");
    }

    // One message that is given twice is one failure among many: all are gathered.
    private async Task ReadAsync(PushSubscription subscription, Func<string, bool> isLast, CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            await foreach (var message in subscription.MessagesAsync(stop))
            {
                var mark = message.Text!;
                if (!_given.Add(mark))
                {
                    _twice.Add(mark);
                }

                _gifts.Add();
                if (isLast(mark))
                {
                    // Acknowledgements are told in their order.
                    await message.AcknowledgeAsync(stop);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody reads for a while.
        }
    }

    private static async Task NothingWaitsAsync(HttpClient http, PostStorm storm, ServerProcess server)
    {
        var origin = new UriBuilder(server.Address) { Scheme = Uri.UriSchemeHttp, Path = "/push/m/" }.Uri;
        foreach (var id in storm.Ids)
        {
            using var answer = await http.GetAsync(new Uri(origin, id));
            Assert.AreEqual(HttpStatusCode.NotFound, answer.StatusCode, "A message that was given waits still.");
        }
    }

    private static ByteArrayContent Sealed(string mark, WebPushRecipient recipient) =>
        new(WebPushEncryption.Encrypt(System.Text.Encoding.UTF8.GetBytes(mark), recipient)) { Headers = { ContentEncoding = { WebPushEncryption.ContentEncoding } } };

    private static ChannelClient Connect(Uri address, string keys)
    {
        var options = new ChannelClientOptions
        {
            Endpoint = address,
            CredentialsProvider = static _ => ValueTask.FromResult<Credentials?>(NamedCredentials.Of("ada")),
            Reconnect = new ReconnectOptions { InitialDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(200) },
        };
        options.UsePush(push => push.KeyStore = new FilePushKeyStore(keys));
        return ChannelClient.Create(options);
    }
}
