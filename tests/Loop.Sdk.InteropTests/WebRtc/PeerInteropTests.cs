using System.Text;
using System.Text.Json.Nodes;
using Loop.Sdk.InteropTests.Harness;
using Loop.Sdk.InteropTests.WebRtc.Peers;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.InteropTests.WebRtc;

/// <summary>Our engine with another implementation, in each direction of the offer.</summary>
[DoNotParallelize]
public abstract class PeerInteropTests : IDisposable
{
    private const int Large = 256 * 1024;

    private static PeerProgram? _program;

    private PeerConnectionFactory? _factory;

    /// <summary>The other implementation.</summary>
    private protected abstract string Executable { get; }

    private protected abstract bool IsInstalled { get; }

    /// <summary>Whether it can offer again on a connection, and take its offer back.</summary>
    private protected virtual bool Renegotiates => true;

    /// <summary>Whether it says how the channels are that it was told of.</summary>
    private protected virtual bool TellsOptions => true;

    private protected abstract Task<PeerProgram> StartAsync();

    [ClassCleanup(InheritanceBehavior.BeforeEachDerivedClass)]
    public static async Task StopAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
            _program = null;
        }
    }

    [TestInitialize]
    public async Task PrepareAsync()
    {
        if (!IsInstalled)
        {
            ForeignPrograms.Missing(Executable);
            Assert.Inconclusive($"{Executable} is not installed.");
        }

        _program ??= await StartAsync();
        _factory = new PeerConnectionFactory();
    }

    public void Dispose()
    {
        _factory?.Dispose();
        GC.SuppressFinalize(this);
    }

    [TestMethod]
    [DataRow(true, DisplayName = "we offer")]
    [DataRow(false, DisplayName = "they offer")]
    public async Task Text_binary_empty_and_large_messages_come_back(bool weOffer)
    {
        await using var pair = await PairAsync();
        await using var channel = await pair.OpenAsync(weOffer);
        foreach (var (message, kind) in Messages())
        {
            var (payload, echoed) = await pair.EchoAsync(channel, message, kind);
            Assert.AreEqual(kind, echoed);
            Assert.IsTrue(payload.AsSpan().SequenceEqual(message), $"{kind}, {message.Length} bytes");
        }
    }

    [TestMethod]
    public async Task Candidates_may_follow()
    {
        await using var pair = await PairAsync(trickles: true);
        await using var channel = await pair.OpenAsync(weOffer: true);
        var (payload, _) = await pair.EchoAsync(channel, "late"u8.ToArray(), DataMessageKind.Text);
        Assert.AreEqual("late", Encoding.UTF8.GetString(payload));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "we offer")]
    [DataRow(false, DisplayName = "they offer")]
    public async Task Hundred_channels_pass_messages(bool weOffer)
    {
        await using var pair = await PairAsync();
        await using var first = await pair.OpenAsync(weOffer);
        var ours = Enumerable.Range(0, 50).Select(index => pair.Ours.CreateDataChannel($"ours {index}")).ToList();
        for (var index = 0; index < 50; index++)
        {
            await pair.Theirs.OpenAsync($"theirs {index}");
        }

        var channels = new List<IDataChannel>(ours);
        for (var index = 0; index < 50; index++)
        {
            channels.Add(await pair.IncomingAsync());
        }

        foreach (var channel in channels)
        {
            await channel.WaitForOpenAsync(pair.Stop);
            var (payload, _) = await pair.EchoAsync(channel, Encoding.UTF8.GetBytes(channel.Label), DataMessageKind.Text);
            Assert.AreEqual(channel.Label, Encoding.UTF8.GetString(payload));
        }

        Assert.HasCount(100, channels.Select(static channel => channel.Id).ToHashSet());
    }

    [TestMethod]
    public async Task Options_of_channels_are_agreed_in_both_directions()
    {
        await using var pair = await PairAsync();
        await using var first = await pair.OpenAsync(weOffer: true);
        await using var retried = pair.Ours.CreateDataChannel("retried", new DataChannelOptions { IsOrdered = false, MaxRetransmits = 2, Protocol = "p" });
        await retried.WaitForOpenAsync(pair.Stop);
        var info = await pair.Theirs.InfoAsync(await pair.Theirs.ChannelAsync("retried"));
        Assert.AreEqual("p", info.GetProperty("protocol").GetString());
        if (TellsOptions)
        {
            Assert.IsFalse(info.GetProperty("ordered").GetBoolean());
            Assert.AreEqual(2, info.GetProperty("maxRetransmits").GetInt32());
        }

        await pair.Theirs.OpenAsync("timed", new JsonObject { ["ordered"] = true, ["maxPacketLifeTime"] = 500, ["protocol"] = "q" });
        await using var timed = await pair.IncomingAsync();
        Assert.AreEqual(("timed", "q", true, (TimeSpan?)TimeSpan.FromMilliseconds(500)), (timed.Label, timed.Protocol, timed.IsOrdered, timed.MaxPacketLifetime));
        await pair.Theirs.OpenAsync("loose", new JsonObject { ["ordered"] = false, ["maxRetransmits"] = 0 });
        await using var loose = await pair.IncomingAsync();
        Assert.AreEqual(("loose", false, (int?)0), (loose.Label, loose.IsOrdered, loose.MaxRetransmits));
        foreach (var channel in (IDataChannel[])[retried, timed, loose])
        {
            var (payload, _) = await pair.EchoAsync(channel, new byte[] { 1, 2, 3 }, DataMessageKind.Binary);
            CollectionAssert.AreEqual((byte[])[1, 2, 3], payload);
        }
    }

    [TestMethod]
    public async Task Negotiated_channels_need_no_announcement()
    {
        await using var pair = await PairAsync();
        await using var first = await pair.OpenAsync(weOffer: true);
        await pair.Theirs.OpenAsync("fixed", new JsonObject { ["negotiated"] = true, ["id"] = 40 });
        await using var channel = pair.Ours.CreateDataChannel("fixed", new DataChannelOptions { NegotiatedId = 40 });
        await channel.WaitForOpenAsync(pair.Stop);
        await pair.Theirs.ChannelAsync("fixed");
        var (payload, _) = await pair.EchoAsync(channel, "ok"u8.ToArray(), DataMessageKind.Text);
        Assert.AreEqual("ok", Encoding.UTF8.GetString(payload));
    }

    [TestMethod]
    public async Task Closing_one_channel_closes_it_at_both_ends_and_no_other()
    {
        await using var pair = await PairAsync();
        await using var first = await pair.OpenAsync(weOffer: true);
        await using var ours = pair.Ours.CreateDataChannel("ours");
        await ours.WaitForOpenAsync(pair.Stop);
        var index = await pair.Theirs.ChannelAsync("ours");
        await ours.CloseAsync(pair.Stop);
        await pair.Theirs.ClosedAsync(index);
        Assert.AreEqual(DataChannelState.Closed, ours.State);

        var theirs = await pair.Theirs.OpenAsync("theirs");
        await using var incoming = await pair.IncomingAsync();
        await pair.Theirs.CloseAsync(theirs);
        await foreach (var _ in incoming.MessagesAsync(pair.Stop))
        {
            Assert.Fail("There was no message.");
        }

        await pair.Theirs.ClosedAsync(theirs);
        var (payload, _) = await pair.EchoAsync(first, "still"u8.ToArray(), DataMessageKind.Text);
        Assert.AreEqual("still", Encoding.UTF8.GetString(payload));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "we send")]
    [DataRow(false, DisplayName = "they send")]
    public async Task Many_messages_arrive_in_order_and_whole(bool weSend)
    {
        const int Count = 1024;
        const int Size = 16 * 1024;
        await using var pair = await PairAsync(echoes: false);
        await using var channel = await pair.OpenAsync(weOffer: true);
        var index = await pair.Theirs.ChannelAsync("first");
        if (weSend)
        {
            await pair.Theirs.DrainAsync(index);
            var message = new byte[Size];
            for (var sent = 0; sent < Count; sent++)
            {
                await channel.SendAsync(message, cancellationToken: pair.Stop);
            }

            Assert.AreEqual((long)Count * Size, await pair.Theirs.BytesAsync(index, (long)Count * Size));
            return;
        }

        var sending = pair.Theirs.SendAsync(index, Size, Count);
        var received = 0;
        await foreach (var message in channel.MessagesAsync(pair.Stop))
        {
            Assert.AreEqual(Size, message.Payload.Length);
            Assert.IsFalse(message.Payload.Span.ContainsAnyExcept((byte)received), $"message {received}");
            if (++received == Count)
            {
                break;
            }
        }

        await sending;
    }

    [TestMethod]
    [DataRow(true, DisplayName = "we restart")]
    [DataRow(false, DisplayName = "they restart")]
    public async Task Ice_restart_keeps_channels(bool weRestart)
    {
        if (!Renegotiates)
        {
            return;
        }

        await using var pair = await PairAsync();
        await using var channel = await pair.OpenAsync(weOffer: true);
        var before = pair.Ours.LocalDescription!.Sdp;
        if (weRestart)
        {
            pair.Ours.RestartIce();
            await pair.OfferAsync();
        }
        else
        {
            await pair.AnswerAsync(restarts: true);
        }

        Assert.AreNotEqual(Line(before, "a=ice-ufrag:"), Line(pair.Ours.LocalDescription!.Sdp, "a=ice-ufrag:"));
        await pair.ConnectedAsync();
        var (payload, _) = await pair.EchoAsync(channel, "after"u8.ToArray(), DataMessageKind.Text);
        Assert.AreEqual("after", Encoding.UTF8.GetString(payload));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "we yield")]
    [DataRow(false, DisplayName = "they yield")]
    public async Task Offers_that_cross_are_settled(bool weYield)
    {
        if (!Renegotiates)
        {
            return;
        }

        await using var pair = await PairAsync();
        await using var channel = pair.Ours.CreateDataChannel("ours");
        await pair.Theirs.OpenAsync("theirs");
        var (ours, theirs) = (await pair.Ours.SetLocalDescriptionAsync(pair.Stop), await pair.Theirs.OfferAsync());
        if (weYield)
        {
            await pair.Ours.SetRemoteDescriptionAsync(theirs, pair.Stop);
            await pair.Theirs.AcceptAsync(await pair.Ours.SetLocalDescriptionAsync(pair.Stop));
        }
        else
        {
            await pair.Ours.SetRemoteDescriptionAsync((await pair.Theirs.AcceptAsync(ours))!, pair.Stop);
        }

        pair.Described();
        await channel.WaitForOpenAsync(pair.Stop);
        await using var incoming = await pair.IncomingAsync();
        Assert.AreEqual("theirs", incoming.Label);
        var (payload, _) = await pair.EchoAsync(channel, "both"u8.ToArray(), DataMessageKind.Text);
        Assert.AreEqual("both", Encoding.UTF8.GetString(payload));
    }

    [TestMethod]
    [DataRow("udp")]
    [DataRow("tcp")]
    public async Task Paths_over_a_relay_only_are_found(string transport)
    {
        if (TurnServer.Executable is null)
        {
            ForeignPrograms.Missing("coturn");
            Assert.Inconclusive("coturn is not installed.");
        }

        await using var turn = await TurnServer.StartAsync();
        await using var pair = await PairAsync(servers: [turn.Credentials(transport)]);
        await using var channel = await pair.OpenAsync(weOffer: true);
        foreach (var (message, kind) in Messages())
        {
            var (payload, _) = await pair.EchoAsync(channel, message, kind);
            Assert.IsTrue(payload.AsSpan().SequenceEqual(message));
        }
    }

    [TestMethod]
    public async Task Peer_that_is_killed_is_noticed_and_may_come_back()
    {
        await using (var killed = await StartAsync())
        {
            await using var pair = await PeerPair.CreateAsync(_factory!, killed);
            await using var channel = await pair.OpenAsync(weOffer: true);
            await killed.KillAsync();
            await pair.UntilAsync(PeerConnectionState.Disconnected);
        }

        await using var again = await PairAsync();
        await using var reopened = await again.OpenAsync(weOffer: true);
        var (payload, _) = await again.EchoAsync(reopened, "back"u8.ToArray(), DataMessageKind.Text);
        Assert.AreEqual("back", Encoding.UTF8.GetString(payload));
    }

    [TestMethod]
    public async Task Connection_closed_by_either_end_is_closed_at_the_other()
    {
        await using (var pair = await PairAsync())
        {
            await using var channel = await pair.OpenAsync(weOffer: true);
            await pair.Theirs.EndAsync();
            await foreach (var _ in channel.MessagesAsync(pair.Stop))
            {
                Assert.Fail("There was no message.");
            }
        }

        await using var second = await PairAsync();
        await using var ours = await second.OpenAsync(weOffer: false);
        await second.Ours.DisposeAsync();
        await second.Theirs.ClosedAsync(0);
    }

    private static string Line(string sdp, string start) => sdp.Split('\n').First(line => line.StartsWith(start, StringComparison.Ordinal));

    private static IEnumerable<(byte[] Message, DataMessageKind Kind)> Messages()
    {
        var large = new byte[Large];
        new Random(1).NextBytes(large);
        yield return ("Grüße ✓"u8.ToArray(), DataMessageKind.Text);
        yield return ([0, 1, 255], DataMessageKind.Binary);
        yield return ([], DataMessageKind.Text);
        yield return ([], DataMessageKind.Binary);
        yield return (large, DataMessageKind.Binary);
        yield return (Encoding.ASCII.GetBytes(new string('x', Large)), DataMessageKind.Text);
    }

    private Task<PeerPair> PairAsync(IReadOnlyList<IceServer>? servers = null, bool trickles = false, bool echoes = true) =>
        PeerPair.CreateAsync(_factory!, _program!, servers, trickles, echoes);
}
