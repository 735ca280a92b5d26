namespace Loop.Sdk.WebRtc.Conformance;

/// <summary>What the data channels of every engine do. Run for each engine by a class that derives from this.</summary>
public abstract class ChannelConformance
{
    private protected abstract IPeerConnectionFactory CreateFactory();

    [TestMethod]
    public async Task Messages_arrive_as_they_were_sent_and_in_order()
    {
        var (pair, mine, theirs) = await Pairing.OpenAsync(CreateFactory(), CreateFactory());
        await using (pair)
        {
            var sizes = new[] { 1, 0, 100, 1_200, 16_384, 65_536, 262_144, 0, 7 };
            foreach (var (from, to) in new[] { (mine, theirs), (theirs, mine) })
            {
                var sending = Task.Run(async () =>
                {
                    for (var index = 0; index < sizes.Length; index++)
                    {
                        await from.SendAsync(Pattern(sizes[index], index), index % 2 == 0 ? DataMessageKind.Binary : DataMessageKind.Text);
                    }
                });
                var next = 0;
                await foreach (var message in to.MessagesAsync())
                {
                    Assert.AreEqual(next % 2 == 0 ? DataMessageKind.Binary : DataMessageKind.Text, message.Kind);
                    Assert.IsTrue(message.Payload.Span.SequenceEqual(Pattern(sizes[next], next)), $"message {next}");
                    if (++next == sizes.Length)
                    {
                        break;
                    }
                }

                await sending;
            }
        }
    }

    [TestMethod]
    public async Task Peer_sees_how_a_channel_was_made()
    {
        var options = new DataChannelOptions { IsOrdered = false, MaxRetransmits = 3, Protocol = "proto" };
        var (pair, mine, theirs) = await Pairing.OpenAsync(CreateFactory(), CreateFactory(), channel: options);
        await using (pair)
        {
            Assert.AreEqual(("first", "proto", false, 3), (theirs.Label, theirs.Protocol, theirs.IsOrdered, theirs.MaxRetransmits));
            Assert.IsNull(theirs.MaxPacketLifetime);
            Assert.AreEqual(mine.Id, theirs.Id);
            var timed = pair.Second.CreateDataChannel("timed", new DataChannelOptions { MaxPacketLifetime = TimeSpan.FromMilliseconds(250) });
            var seen = await pair.First.IncomingChannelsAsync().FirstAsync();
            Assert.AreEqual(("timed", true, TimeSpan.FromMilliseconds(250)), (seen.Label, seen.IsOrdered, seen.MaxPacketLifetime));
            await timed.WaitForOpenAsync();
            Assert.AreNotEqual(mine.Id % 2, timed.Id % 2);
        }
    }

    [TestMethod]
    public async Task Negotiated_channels_are_those_of_the_same_id()
    {
        await using var pair = new Pairing(CreateFactory().Create(), CreateFactory().Create());
        var options = new DataChannelOptions { NegotiatedId = 5 };
        var (mine, theirs) = (pair.First.CreateDataChannel("a", options), pair.Second.CreateDataChannel("b", options));
        Assert.AreEqual(ErrorCodes.ChannelConflict, Assert.ThrowsExactly<LoopException>(() => pair.First.CreateDataChannel("c", options)).Code);
        await Task.WhenAll(mine.WaitForOpenAsync(), theirs.WaitForOpenAsync());
        Assert.AreEqual((5, 5), (mine.Id, theirs.Id));
        await theirs.SendAsync("x"u8.ToArray(), DataMessageKind.Text);
        Assert.AreEqual("x", await mine.MessagesAsync().Select(static message => message.ReadText()).FirstAsync());
    }

    [TestMethod]
    public async Task Options_out_of_range_are_refused()
    {
        await using var connection = CreateFactory().Create();
        foreach (var options in new DataChannelOptions[]
        {
            new() { NegotiatedId = 65_535 },
            new() { NegotiatedId = -1 },
            new() { MaxRetransmits = -1 },
            new() { MaxRetransmits = 65_536 },
            new() { MaxPacketLifetime = TimeSpan.FromMinutes(2) },
            new() { MaxRetransmits = 1, MaxPacketLifetime = TimeSpan.FromSeconds(1) },
            new() { Protocol = new string('x', 65_536) },
        })
        {
            Assert.Throws<ArgumentException>(() => connection.CreateDataChannel("x", options));
        }

        Assert.Throws<ArgumentException>(() => connection.CreateDataChannel(new string('x', 65_536)));
    }

    [TestMethod]
    public async Task One_channel_closes_while_the_others_go_on_and_what_was_sent_before_arrives()
    {
        var (pair, mine, theirs) = await Pairing.OpenAsync(CreateFactory(), CreateFactory());
        await using (pair)
        {
            var other = pair.First.CreateDataChannel("other");
            var theirOther = await pair.Second.IncomingChannelsAsync().FirstAsync();
            for (var index = 0; index < 20; index++)
            {
                await mine.SendAsync(Pattern(1000, index));
            }

            var closing = mine.CloseAsync();
            var count = await theirs.MessagesAsync().CountAsync();
            await closing;
            await theirs.CloseAsync();
            Assert.AreEqual(20, count);
            Assert.AreEqual((DataChannelState.Closed, DataChannelState.Closed), (mine.State, theirs.State));
            Assert.AreEqual(ErrorCodes.Closed, (await Assert.ThrowsExactlyAsync<LoopException>(() => mine.SendAsync(new byte[1]).AsTask())).Code);
            await other.SendAsync("on"u8.ToArray());
            Assert.AreEqual("on", await theirOther.MessagesAsync().Select(static message => message.ReadText()).FirstAsync());
        }
    }

    [TestMethod]
    public async Task Sender_waits_while_nobody_reads_and_nothing_is_lost()
    {
        const int Size = 16 * 1024;
        const int Count = 1000;
        var options = new PeerConnectionOptions { SendBuffer = 64 * 1024, ReceiveBuffer = 256 * 1024 };
        var (pair, mine, theirs) = await Pairing.OpenAsync(CreateFactory(), CreateFactory(), options);
        await using (pair)
        {
            var sent = 0;
            var sending = Task.Run(async () =>
            {
                for (; sent < Count; Interlocked.Increment(ref sent))
                {
                    await mine.SendAsync(Pattern(Size, sent));
                    Assert.IsLessThanOrEqualTo(options.SendBuffer + Size, mine.BufferedAmount);
                }
            });
            var next = 0;
            await foreach (var message in theirs.MessagesAsync())
            {
                // What is taken and not read fits into both buffers, and a little that is under way.
                Assert.IsLessThan(next + ((options.SendBuffer + (2 * options.ReceiveBuffer)) / Size) + 8, Volatile.Read(ref sent));
                Assert.IsTrue(message.Payload.Span.SequenceEqual(Pattern(Size, next)));
                if (++next == Count)
                {
                    break;
                }
            }

            await sending;
        }
    }

    [TestMethod]
    public async Task A_hundred_channels_are_apart()
    {
        var (pair, _, _) = await Pairing.OpenAsync(CreateFactory(), CreateFactory());
        await using (pair)
        {
            var mine = Enumerable.Range(0, 100).Select(index => pair.First.CreateDataChannel($"c{index}")).ToList();
            await Task.WhenAll(mine.Select(async channel => await channel.SendAsync(System.Text.Encoding.UTF8.GetBytes(channel.Label), DataMessageKind.Text)));
            await foreach (var channel in pair.Second.IncomingChannelsAsync().Take(100))
            {
                Assert.AreEqual(channel.Label, await channel.MessagesAsync().Select(static message => message.ReadText()).FirstAsync());
            }

            Assert.AreEqual(100, mine.Select(static channel => channel.Id).Distinct().Count());
        }
    }

    [TestMethod]
    public async Task Messages_have_one_reader_at_a_time_and_another_goes_on()
    {
        var (pair, mine, theirs) = await Pairing.OpenAsync(CreateFactory(), CreateFactory());
        await using (pair)
        {
            using var stop = new CancellationTokenSource();
            var first = theirs.MessagesAsync(stop.Token).GetAsyncEnumerator();
            var waiting = first.MoveNextAsync().AsTask();
            await Assert.ThrowsExactlyAsync<InvalidOperationException>(async () => await theirs.MessagesAsync().FirstAsync());
            await stop.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
            await first.DisposeAsync();
            await mine.SendAsync("later"u8.ToArray());
            Assert.AreEqual("later", await theirs.MessagesAsync().Select(static message => message.ReadText()).FirstAsync());
        }
    }

    [TestMethod]
    public async Task Readers_and_senders_end_when_the_peer_is_gone()
    {
        var (pair, mine, theirs) = await Pairing.OpenAsync(CreateFactory(), CreateFactory());
        await using (pair)
        {
            var reading = theirs.MessagesAsync().CountAsync().AsTask();
            await mine.SendAsync(new byte[10]);
            await pair.First.DisposeAsync();
            Assert.IsLessThanOrEqualTo(1, await reading);
            Assert.AreEqual(DataChannelState.Closed, theirs.State);
        }
    }

    private static byte[] Pattern(int length, int seed)
    {
        // Letters, so that it is text as well.
        var bytes = new byte[length];
        for (var index = 0; index < length; index++)
        {
            bytes[index] = (byte)('a' + ((index + seed) % 26));
        }

        return bytes;
    }
}
