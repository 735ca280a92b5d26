using Loop.Sdk.WebRtc.Sctp;

namespace Loop.Sdk.WebRtc.DataChannels;

[TestClass]
public sealed class DataChannelSetTests
{
    private static readonly DataChannelOptions Defaults = new();

    [TestMethod]
    public void Channel_arrives_as_it_was_made_when_it_is_opened()
    {
        var pair = new ChannelPair();
        var early = pair.A.Set.Open("früh", new DataChannelOptions { IsOrdered = false, MaxRetransmits = 3, Protocol = "p1" }, pair.Now);
        Assert.AreEqual(DataChannelState.Connecting, early.State);
        pair.Start();
        var late = pair.B.Set.Open("late", new DataChannelOptions { MaxPacketLifetime = TimeSpan.FromMilliseconds(1500) }, pair.Now);
        pair.Run();
        var incoming = pair.B.Incoming("früh");
        Assert.AreEqual(early.Options, incoming.Options);
        Assert.AreEqual((0, 0, DataChannelState.Open, DataChannelState.Open), (early.Id, incoming.Id, early.State, incoming.State), "The client's ids are even.");
        Assert.AreEqual(late.Options, pair.A.Incoming("late").Options);
        Assert.AreEqual(1, late.Id, "The server's ids are odd.");
        Assert.IsTrue(pair.A.Has(DataChannelEventKind.Opened, early));
    }

    [TestMethod]
    public void Messages_arrive_as_they_were_sent_when_they_are_text_binary_or_empty()
    {
        var pair = new ChannelPair().Start();
        var channel = pair.A.Set.Open("c", Defaults, pair.Now);
        (byte[] Payload, DataMessageKind Kind)[] messages =
        [
            ("text"u8.ToArray(), DataMessageKind.Text), ([0, 1], DataMessageKind.Binary), ([], DataMessageKind.Text), ([], DataMessageKind.Binary), (new byte[256 * 1024], DataMessageKind.Binary),
        ];
        foreach (var (payload, kind) in messages)
        {
            Assert.AreEqual(DataChannelSendResult.Taken, pair.A.Set.TrySend(channel, payload, kind, pair.Now));
        }

        Assert.IsTrue(pair.A.Set.BufferedAmountOf(channel) > 256 * 1024);
        pair.Run(3 * ChannelPair.Second);
        Assert.AreEqual(0, pair.A.Set.BufferedAmountOf(channel));
        var received = pair.B.Messages[pair.B.Incoming("c")];
        Assert.AreEqual(messages.Length, received.Count);
        for (var index = 0; index < messages.Length; index++)
        {
            CollectionAssert.AreEqual(messages[index].Payload, received[index].Payload);
            Assert.AreEqual(messages[index].Kind, received[index].Kind);
        }
    }

    [TestMethod]
    public void Message_is_refused_when_the_peer_takes_none_so_large()
    {
        var pair = new ChannelPair().Start(maxMessageSize: 1000);
        var channel = pair.A.Set.Open("c", Defaults, pair.Now);
        Assert.AreEqual(DataChannelSendResult.TooLarge, pair.A.Set.TrySend(channel, new byte[1001], DataMessageKind.Binary, pair.Now));
        Assert.AreEqual(DataChannelSendResult.Taken, pair.A.Set.TrySend(channel, new byte[1000], DataMessageKind.Binary, pair.Now));
        pair.Run();
        Assert.AreEqual(1, pair.B.Messages[pair.B.Incoming("c")].Count);
    }

    [TestMethod]
    public void Connection_ends_when_a_message_is_larger_than_this_end_takes()
    {
        var pair = new ChannelPair(settings: new SctpSettings { MaxMessageSize = 70_000 }).Start(maxMessageSize: long.MaxValue);
        var channel = pair.A.Set.Open("c", Defaults, pair.Now);
        pair.A.Set.TrySend(channel, new byte[70_001], DataMessageKind.Binary, pair.Now);
        pair.Run();
        Assert.AreEqual(SctpEndReason.MessageTooLarge, pair.B.Events[^1].Reason);
        Assert.AreEqual(SctpEndReason.AbortedByPeer, pair.A.Events[^1].Reason);
        Assert.AreEqual(DataChannelState.Closed, channel.State);
        Assert.AreEqual(ErrorCodes.Closed, Assert.ThrowsExactly<LoopException>(() => pair.A.Set.Open("d", Defaults, pair.Now)).Code);
    }

    [TestMethod]
    public void Negotiated_channel_opens_at_both_ends_when_both_make_it()
    {
        var pair = new ChannelPair();
        var options = new DataChannelOptions { NegotiatedId = 1000 };
        var (one, two) = (pair.A.Set.Open("x", options, pair.Now), pair.B.Set.Open("y", options, pair.Now));
        var error = Assert.ThrowsExactly<LoopException>(() => pair.A.Set.Open("z", options, pair.Now));
        Assert.AreEqual(ErrorCodes.ChannelConflict, error.Code);
        pair.Start();
        pair.A.Set.TrySend(one, "hello"u8, DataMessageKind.Text, pair.Now);
        pair.Run();
        Assert.AreEqual(1, pair.B.Messages[two].Count);
        Assert.IsFalse(pair.B.Has(DataChannelEventKind.Incoming));
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.2)]
    public void Channel_closes_at_both_ends_after_its_messages_and_its_id_is_used_again(double loss)
    {
        var pair = new ChannelPair(seed: 5) { Loss = loss }.Start();
        for (var round = 0; round < 10; round++)
        {
            var label = $"round {round}";
            var channel = pair.A.Set.Open(label, Defaults, pair.Now);
            Assert.AreEqual(0, channel.Id, "The id is free again.");
            for (var count = 0; count < 20; count++)
            {
                pair.A.Set.TrySend(channel, new byte[2000], DataMessageKind.Binary, pair.Now);
            }

            if (round % 2 == 0)
            {
                pair.A.Set.Close(channel, pair.Now);
                Assert.AreEqual(DataChannelState.Closing, channel.State);
                Assert.AreEqual(DataChannelSendResult.NotOpen, pair.A.Set.TrySend(channel, [1], DataMessageKind.Binary, pair.Now));
            }
            else
            {
                Assert.IsTrue(pair.RunUntil(() => pair.B.Messages.Values.Sum(list => list.Count) == 20 * (round + 1)));
                pair.B.Set.Close(pair.B.Incoming(label), pair.Now);
            }

            Assert.IsTrue(pair.RunUntil(() => pair.A.Has(DataChannelEventKind.Closed, channel) && pair.B.Has(DataChannelEventKind.Closed, pair.B.Incoming(label))));
            Assert.AreEqual(20, pair.B.Messages[pair.B.Incoming(label)].Count);
        }
    }

    [TestMethod]
    public void Channel_closes_at_both_ends_when_both_close_it_at_once()
    {
        var pair = new ChannelPair().Start();
        var channel = pair.A.Set.Open("c", Defaults, pair.Now);
        pair.Run();
        pair.A.Set.Close(channel, pair.Now);
        pair.B.Set.Close(pair.B.Incoming("c"), pair.Now);
        pair.Run();
        Assert.IsTrue(pair.A.Has(DataChannelEventKind.Closed, channel) && pair.B.Has(DataChannelEventKind.Closed));
        Assert.AreEqual(1, pair.A.Events.Count(next => next.Kind == DataChannelEventKind.Closed));
    }

    [TestMethod]
    public void Channel_that_the_peer_never_heard_of_is_closed_at_once()
    {
        var pair = new ChannelPair();
        var channel = pair.A.Set.Open("c", Defaults, pair.Now);
        pair.A.Set.Close(channel, pair.Now);
        Assert.AreEqual(DataChannelState.Closed, channel.State);
        pair.Start();
        pair.Run();
        Assert.IsFalse(pair.B.Has(DataChannelEventKind.Incoming));
    }

    [TestMethod]
    public void Channels_are_refused_when_the_peer_opens_too_many()
    {
        var pair = new ChannelPair(maxIncoming: 3).Start();
        var channels = Enumerable.Range(0, 5).Select(index => pair.A.Set.Open($"{index}", Defaults, pair.Now)).ToList();
        pair.Run(5 * ChannelPair.Second);
        Assert.AreEqual(3, pair.B.Events.Count(next => next.Kind == DataChannelEventKind.Incoming));
        Assert.AreEqual(2, channels.Count(channel => channel.State == DataChannelState.Closed), "Those that were refused are closed.");
        pair.A.Set.Close(channels[0], pair.Now);
        pair.Run();
        var another = pair.A.Set.Open("another", Defaults, pair.Now);
        pair.Run();
        Assert.AreEqual(DataChannelState.Open, another.State);
        Assert.AreEqual("another", pair.B.Incoming("another").Label);
    }

    [TestMethod]
    public void Hundred_channels_pass_messages_when_they_are_opened_together_under_loss()
    {
        var pair = new ChannelPair(seed: 9) { Loss = 0.05 };
        var channels = Enumerable.Range(0, 100).Select(index => (index % 2 == 0 ? pair.A : pair.B).Set.Open($"{index}", Defaults, pair.Now)).ToList();
        pair.Start();
        for (var index = 0; index < channels.Count; index++)
        {
            var end = index % 2 == 0 ? pair.A : pair.B;
            Assert.AreEqual(DataChannelSendResult.Taken, end.Set.TrySend(channels[index], BitConverter.GetBytes(index), DataMessageKind.Binary, pair.Now));
        }

        Assert.IsTrue(pair.RunUntil(() => pair.A.Messages.Count == 50 && pair.B.Messages.Count == 50));
        foreach (var (channel, messages) in pair.A.Messages.Concat(pair.B.Messages))
        {
            Assert.AreEqual(channel.Label, $"{BitConverter.ToInt32(messages.Single().Payload)}");
        }
    }

    [TestMethod]
    public void Options_are_refused_when_they_are_out_of_range()
    {
        var set = new DataChannelSet(new SctpSettings());
        foreach (var options in new DataChannelOptions[]
        {
            new() { MaxRetransmits = 1, MaxPacketLifetime = TimeSpan.FromSeconds(1) }, new() { MaxRetransmits = -1 }, new() { MaxRetransmits = 65_536 },
            new() { MaxPacketLifetime = TimeSpan.FromSeconds(66) }, new() { NegotiatedId = 65_535 }, new() { Protocol = new string('x', 65_536) },
        })
        {
            Assert.Throws<ArgumentException>(() => set.Open("c", options, 0));
        }

        Assert.Throws<ArgumentException>(() => set.Open(new string('x', 65_536), Defaults, 0));
    }
}
