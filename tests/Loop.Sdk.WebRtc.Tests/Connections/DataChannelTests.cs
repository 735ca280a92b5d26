using System.Text;
using Loop.Sdk.Harness;

namespace Loop.Sdk.WebRtc.Tests.Connections;

[TestClass]
public sealed class DataChannelTests
{
    private static readonly PeerConnectionFactory Factory = new();

    [TestMethod]
    public async Task Messages_of_every_kind_arrive_as_they_were_sent()
    {
        await using var pair = new PeerPair(Factory);
        var (here, there) = await pair.OpenAsync();
        var large = new byte[256 * 1024];
        new SeededRandom(3).Fill(large);
        (byte[] Payload, DataMessageKind Kind)[] sent =
        [
            ("héllo"u8.ToArray(), DataMessageKind.Text),
            ([1, 2, 3], DataMessageKind.Binary),
            ([], DataMessageKind.Text),
            ([], DataMessageKind.Binary),
            (large, DataMessageKind.Binary),
        ];
        foreach (var (payload, kind) in sent)
        {
            await here.SendAsync(payload, kind).Soon();
        }

        var received = await there.TakeAsync(sent.Length);

        for (var index = 0; index < sent.Length; index++)
        {
            Assert.AreEqual(sent[index].Kind, received[index].Kind);
            CollectionAssert.AreEqual(sent[index].Payload, received[index].Payload);
        }

        Assert.AreEqual("chat", there.Label);
        Assert.AreEqual(here.Id, there.Id);
    }

    [TestMethod]
    public async Task Messages_go_both_ways_on_a_hundred_channels()
    {
        await using var pair = new PeerPair(Factory);
        var here = Enumerable.Range(0, 100).Select(index => pair.First.CreateDataChannel($"channel {index}")).ToList();
        var there = new List<IDataChannel>();
        await foreach (var channel in pair.Second.IncomingChannelsAsync().WithTimeout())
        {
            there.Add(channel);
            if (there.Count == here.Count)
            {
                break;
            }
        }

        foreach (var channel in there)
        {
            await channel.SendAsync(Encoding.UTF8.GetBytes(channel.Label), DataMessageKind.Text).Soon();
        }

        foreach (var channel in here)
        {
            var answer = await channel.TakeAsync(1);
            Assert.AreEqual(channel.Label, Encoding.UTF8.GetString(answer[0].Payload));
        }

        Assert.HasCount(100, here.Select(static channel => channel.Id).Distinct().ToList());
    }

    [TestMethod]
    public async Task Options_reach_the_peer_when_a_channel_is_made_with_them()
    {
        await using var pair = new PeerPair(Factory);
        foreach (var options in (DataChannelOptions[])
            [
                new() { IsOrdered = false, MaxRetransmits = 0, Protocol = "game" },
                new() { MaxRetransmits = 3 },
                new() { IsOrdered = false, MaxPacketLifetime = TimeSpan.FromMilliseconds(250) },
            ])
        {
            var (here, there) = await pair.OpenAsync("x", options);

            Assert.AreEqual(options.IsOrdered, there.IsOrdered);
            Assert.AreEqual(options.MaxRetransmits, there.MaxRetransmits);
            Assert.AreEqual(options.MaxPacketLifetime, there.MaxPacketLifetime);
            Assert.AreEqual(options.Protocol, there.Protocol);
            await here.SendAsync("once"u8.ToArray()).Soon();
            Assert.HasCount(1, await there.TakeAsync(1));
        }
    }

    [TestMethod]
    public async Task Channel_with_a_negotiated_id_opens_at_both_ends_without_being_announced()
    {
        await using var pair = new PeerPair(Factory);
        var options = new DataChannelOptions { NegotiatedId = 7 };
        var (here, there) = (pair.First.CreateDataChannel("control", options), pair.Second.CreateDataChannel("control", options));
        await Task.WhenAll(here.WaitForOpenAsync(), there.WaitForOpenAsync()).Soon();

        await here.SendAsync("hello"u8.ToArray(), DataMessageKind.Text).Soon();

        Assert.HasCount(1, await there.TakeAsync(1));
        var error = Assert.ThrowsExactly<LoopException>(() => pair.First.CreateDataChannel("another", options));
        Assert.AreEqual(ErrorCodes.ChannelConflict, error.Code);
    }

    [TestMethod]
    public async Task Channel_closes_at_both_ends_after_its_messages_and_leaves_others_alone()
    {
        await using var pair = new PeerPair(Factory);
        var (here, there) = await pair.OpenAsync("first");
        var (other, otherThere) = await pair.OpenAsync("second");
        for (var index = 0; index < 100; index++)
        {
            await here.SendAsync(new byte[1000]).Soon();
        }

        var closing = here.CloseAsync();
        var received = 0;
        await foreach (var message in there.MessagesAsync().WithTimeout())
        {
            received++;
        }

        await closing.Soon();
        Assert.AreEqual(100, received);
        Assert.AreEqual(DataChannelState.Closed, here.State);
        Assert.AreEqual(DataChannelState.Closed, there.State);
        Assert.AreEqual(ErrorCodes.Closed, (await Assert.ThrowsExactlyAsync<LoopException>(() => here.SendAsync("late"u8.ToArray()).AsTask())).Code);
        await other.SendAsync("still here"u8.ToArray()).Soon();
        Assert.HasCount(1, await otherThere.TakeAsync(1));
        await here.CloseAsync().Soon();
    }

    [TestMethod]
    public async Task Send_before_the_channel_is_open_waits_for_that()
    {
        await using var pair = new PeerPair(Factory);
        var here = pair.First.CreateDataChannel("chat");
        var sent = Enumerable.Range(0, 10).Select(index => here.SendAsync(new[] { (byte)index }).AsTask()).ToList();

        var there = await PeerPair.NextAsync(pair.Second);
        var received = await there.TakeAsync(10);

        await Task.WhenAll(sent).Soon();
        CollectionAssert.AreEqual(Enumerable.Range(0, 10).Select(static index => (byte)index).ToArray(), received.Select(static message => message.Payload[0]).ToArray());
    }

    [TestMethod]
    public async Task Send_waits_and_memory_stays_bounded_when_the_peer_does_not_read()
    {
        var options = new PeerConnectionOptions { SendBuffer = 64 * 1024, ReceiveBuffer = 256 * 1024 };
        await using var pair = new PeerPair(Factory, options);
        var (here, there) = await pair.OpenAsync();
        var (idle, idleThere) = (here, there);
        var message = new byte[16 * 1024];
        var sent = 0;
        Task waiting;
        while (true)
        {
            var sending = here.SendAsync(message).AsTask();
            if (await Task.WhenAny(sending, pair.Second.IsStuck(sending)) != sending)
            {
                waiting = sending;
                break;
            }

            await sending;
            Assert.IsTrue(++sent * message.Length <= options.SendBuffer + options.ReceiveBuffer + (4 * message.Length), "The buffers hold no more.");
        }

        Assert.IsTrue(here.BufferedAmount <= options.SendBuffer + (3 * message.Length));
        using var cancelled = new CancellationTokenSource();
        var abandoned = here.SendAsync(message, cancellationToken: cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsExactlyAsync<OperationCanceledException>(() => abandoned);

        Assert.HasCount(sent + 1, await there.TakeAsync(sent + 1));
        await waiting.Soon();
    }

    [TestMethod]
    public async Task Senders_take_turns_when_the_buffer_is_full()
    {
        var options = new PeerConnectionOptions { SendBuffer = 16 * 1024, ReceiveBuffer = 64 * 1024, MaxMessageSize = 64 * 1024 };
        await using var pair = new PeerPair(Factory, options);
        var (first, firstThere) = await pair.OpenAsync("first");
        var (second, secondThere) = await pair.OpenAsync("second");
        var senders = ((IDataChannel[])[first, second]).Select(static channel => Task.Run(async () =>
        {
            for (var index = 0; index < 500; index++)
            {
                await channel.SendAsync(new byte[4096]);
            }
        })).ToArray();

        var received = await Task.WhenAll(firstThere.TakeAsync(500), secondThere.TakeAsync(500)).Soon();

        await Task.WhenAll(senders).Soon();
        Assert.IsTrue(received.All(static messages => messages.Count == 500));
    }

    [TestMethod]
    public async Task Send_is_refused_when_the_peer_takes_no_message_of_that_size()
    {
        await using var pair = new PeerPair(Factory, new PeerConnectionOptions(), new PeerConnectionOptions { MaxMessageSize = 1000 });
        var (here, there) = await pair.OpenAsync();
        Assert.AreEqual(1000, pair.First.MaxMessageSize);

        var error = await Assert.ThrowsExactlyAsync<LoopException>(() => here.SendAsync(new byte[1001]).AsTask());

        Assert.AreEqual(ErrorCodes.MessageTooLarge, error.Code);
        await here.SendAsync(new byte[1000]).Soon();
        Assert.HasCount(1, await there.TakeAsync(1));
    }

    [TestMethod]
    public async Task Reader_that_stops_in_the_middle_leaves_the_rest_to_the_next()
    {
        await using var pair = new PeerPair(Factory);
        var (here, there) = await pair.OpenAsync();
        for (var index = 0; index < 10; index++)
        {
            await here.SendAsync(new[] { (byte)index }).Soon();
        }

        var first = await there.TakeAsync(3);
        var second = await there.TakeAsync(7);

        CollectionAssert.AreEqual(Enumerable.Range(0, 10).Select(static index => (byte)index).ToArray(), first.Concat(second).Select(static message => message.Payload[0]).ToArray());
    }

    [TestMethod]
    public async Task Reader_is_the_only_one_and_can_be_cancelled()
    {
        await using var pair = new PeerPair(Factory);
        var (here, there) = await pair.OpenAsync();
        using var stopped = new CancellationTokenSource();
        await using var reader = there.MessagesAsync(stopped.Token).GetAsyncEnumerator(CancellationToken.None);
        var waiting = reader.MoveNextAsync().AsTask();

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => there.TakeAsync(1));
        await stopped.CancelAsync();
        await Assert.ThrowsExactlyAsync<OperationCanceledException>(() => waiting);

        await here.SendAsync("next"u8.ToArray()).Soon();
        Assert.HasCount(1, await there.TakeAsync(1));
    }
}
