using System.Buffers.Binary;
using Loop.Sdk.WebRtc.Sctp;

namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>Channels that close although the peer does not do its part.</summary>
[TestClass]
public sealed class ResetTests
{
    // Skipped by whoever does not know it, without a word.
    private const byte UnknownChunk = 0xBF;
    private const int NumberOffset = Chunk.HeaderSize + Parameter.HeaderSize;
    private const int ResultOffset = NumberOffset + sizeof(uint);
    private const int LastTsnOffset = NumberOffset + (2 * sizeof(uint));

    [TestMethod]
    [DataRow(2u, DisplayName = "denied")]
    [DataRow(3u, DisplayName = "wrong stream")]
    [DataRow(4u, DisplayName = "already in progress")]
    [DataRow(5u, DisplayName = "wrong number")]
    [DataRow(99u, DisplayName = "unknown")]
    public void Channel_is_closed_here_when_its_reset_is_refused(uint result)
    {
        var (pair, closing, other) = Open();
        AnswerResets(pair, (packet, place) => BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(place + ResultOffset), result));
        ClosesAndTheRestGoesOn(pair, closing, other, isUsedUp: true);
    }

    [TestMethod]
    public void Channel_is_closed_here_when_its_reset_is_put_off_for_ever()
    {
        var (pair, closing, other) = Open();
        var asked = 0;
        AnswerResets(pair, (packet, place) =>
        {
            asked++;
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(place + ResultOffset), 6);
        });
        ClosesAndTheRestGoesOn(pair, closing, other, isUsedUp: true);
        Assert.IsTrue(asked is > 5 and < 20, $"It was asked {asked} times.");
    }

    [TestMethod]
    public void Channel_is_closed_here_when_its_reset_is_not_answered_while_everything_else_is()
    {
        var (pair, closing, other) = Open();
        AnswerResets(pair, static (packet, place) => packet[place] = UnknownChunk);

        // The peer's own resets are not answered either: it knows nothing of them.
        var answering = pair.Rewrite;
        pair.Rewrite = (to, packet) =>
        {
            var place = to == pair.A ? PacketEdit.FindReConfig(packet, ParameterType.OutgoingReset) : -1;
            return place >= 0 ? null : answering(to, packet);
        };
        ClosesAndTheRestGoesOn(pair, closing, other, isUsedUp: true);
    }

    [TestMethod]
    public void Channel_is_closed_at_both_ends_when_an_answer_was_lost()
    {
        var (pair, closing, other) = Open();
        var count = 0;
        AnswerResets(pair, (packet, place) => packet[place] = count++ < 2 ? UnknownChunk : packet[place]);
        ClosesAndTheRestGoesOn(pair, closing, other, isUsedUp: false);
        Assert.IsTrue(pair.B.Has(DataChannelEventKind.Closed, pair.B.Incoming("closing")));
    }

    [TestMethod]
    public void Reset_with_a_number_that_is_not_the_next_resets_nothing()
    {
        var (pair, closing, other) = Open();
        Requests(pair, static (packet, place) => packet[place + NumberOffset + 3] += 7);
        ClosesAndTheRestGoesOn(pair, closing, other, isUsedUp: true);
        Assert.IsFalse(pair.B.Has(DataChannelEventKind.Closing, pair.B.Incoming("closing")));
    }

    [TestMethod]
    public void Reset_that_comes_before_the_last_of_the_data_waits_for_it()
    {
        var (pair, closing, other) = Open();
        Requests(pair, static (packet, place) =>
        {
            var last = packet.AsSpan(place + LastTsnOffset);
            BinaryPrimitives.WriteUInt32BigEndian(last, BinaryPrimitives.ReadUInt32BigEndian(last) + 1);
        });
        pair.A.Set.Close(closing, pair.Now);
        pair.Run(ChannelPair.Second);
        Assert.IsFalse(pair.B.Has(DataChannelEventKind.Closing, pair.B.Incoming("closing")));
        Assert.AreEqual(DataChannelState.Closing, closing.State);
        pair.A.Set.TrySend(other, "the last"u8, DataMessageKind.Text, pair.Now);
        Assert.IsTrue(pair.RunUntil(() => pair.A.Has(DataChannelEventKind.Closed, closing) && pair.B.Has(DataChannelEventKind.Closed, pair.B.Incoming("closing"))));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "this end closes")]
    [DataRow(false, DisplayName = "the other end closes")]
    public void Channel_is_closed_at_one_end_when_the_peer_knows_no_resets(bool closesHere)
    {
        var pair = new ChannelPair { Rewrite = WithoutResets };
        var (closing, other) = (pair.A.Set.Open("closing", new DataChannelOptions(), pair.Now), pair.A.Set.Open("other", new DataChannelOptions(), pair.Now));
        pair.Start();
        Assert.IsTrue(pair.RunUntil(() => pair.B.Events.Count(static next => next.Kind == DataChannelEventKind.Incoming) == 2));
        Assert.IsFalse(pair.A.Set.Association.Features.HasFlag(SctpFeatures.StreamReset));
        if (closesHere)
        {
            ClosesAndTheRestGoesOn(pair, closing, other, isUsedUp: true);
        }
        else
        {
            pair.B.Set.Close(pair.B.Incoming("closing"), pair.Now);
            Assert.IsTrue(pair.RunUntil(() => pair.B.Has(DataChannelEventKind.Closed, pair.B.Incoming("closing")), ChannelPair.Second));
            GoesOn(pair, other);
        }

        // Whoever was not told goes on with it, to no effect.
        var (end, half) = closesHere ? (pair.B, pair.B.Incoming("closing")) : (pair.A, closing);
        Assert.AreEqual(DataChannelState.Open, half.State);
        for (var count = 0; count < 100; count++)
        {
            Assert.AreEqual(DataChannelSendResult.Taken, end.Set.TrySend(half, new byte[50_000], DataMessageKind.Binary, pair.Now));
            Assert.IsTrue(pair.RunUntil(() => end.Set.BufferedAmountOf(half) == 0), "Nobody holds what is thrown away.");
        }

        GoesOn(pair, other);
    }

    private static (ChannelPair Pair, DataChannel Closing, DataChannel Other) Open()
    {
        var pair = new ChannelPair();
        var (closing, other) = (pair.A.Set.Open("closing", new DataChannelOptions(), pair.Now), pair.A.Set.Open("other", new DataChannelOptions(), pair.Now));
        pair.Start();
        Assert.IsTrue(pair.RunUntil(() => pair.B.Events.Count(static next => next.Kind == DataChannelEventKind.Incoming) == 2));
        return (pair, closing, other);
    }

    // Changes the peer's answers to this end's resets.
    private static void AnswerResets(ChannelPair pair, Action<byte[], int> change) => ChangeOnTheWayTo(pair, pair.A, ParameterType.ReConfigResponse, change);

    // Changes this end's resets.
    private static void Requests(ChannelPair pair, Action<byte[], int> change) => ChangeOnTheWayTo(pair, pair.B, ParameterType.OutgoingReset, change);

    private static void ChangeOnTheWayTo(ChannelPair pair, ChannelEnd end, ushort parameter, Action<byte[], int> change) => pair.Rewrite = (to, packet) =>
    {
        if (to == end && PacketEdit.FindReConfig(packet, parameter) is >= 0 and var place)
        {
            change(packet, place);
            Crc32c.Write(packet);
        }

        return packet;
    };

    private static void ClosesAndTheRestGoesOn(ChannelPair pair, DataChannel closing, DataChannel other, bool isUsedUp)
    {
        pair.A.Set.TrySend(closing, "before"u8, DataMessageKind.Text, pair.Now);
        pair.A.Set.Close(closing, pair.Now);
        Assert.IsTrue(pair.RunUntil(() => pair.A.Has(DataChannelEventKind.Closed, closing), 120 * ChannelPair.Second), "The channel never closed.");
        Assert.IsTrue(pair.RunUntil(() => pair.B.Messages.GetValueOrDefault(pair.B.Incoming("closing"))?.Count == 1), "What was sent before is delivered.");
        Assert.AreEqual(DataChannelSendResult.NotOpen, pair.A.Set.TrySend(closing, "after"u8, DataMessageKind.Text, pair.Now));
        GoesOn(pair, other);
        pair.Run();
        Assert.AreEqual(isUsedUp, pair.A.Set.Open("next", new DataChannelOptions(), pair.Now).Id != closing.Id, "A stream that was not reset is not used again.");
    }

    private static void GoesOn(ChannelPair pair, DataChannel other)
    {
        var theirs = pair.B.Incoming("other");
        var before = pair.B.Messages.GetValueOrDefault(theirs)?.Count ?? 0;
        Assert.AreEqual(DataChannelSendResult.Taken, pair.A.Set.TrySend(other, "on"u8, DataMessageKind.Text, pair.Now));
        Assert.IsTrue(pair.RunUntil(() => pair.B.Messages.GetValueOrDefault(theirs)?.Count == before + 1));
        Assert.IsFalse(pair.A.Set.Association.IsEnded || pair.B.Set.Association.IsEnded);
    }

    // Takes RE-CONFIG out of what each end says that it can do.
    private static byte[] WithoutResets(ChannelEnd to, byte[] packet)
    {
        if (packet[PacketHeader.Size] is ChunkType.Init or ChunkType.InitAck)
        {
            ReadOnlySpan<byte> extensions = [0x80, 0x08];
            var place = packet.AsSpan().IndexOf(extensions) + Parameter.HeaderSize;
            Assert.AreEqual(ChunkType.ReConfig, packet[place]);
            packet[place] = UnknownChunk;
            Crc32c.Write(packet);
        }

        return packet;
    }
}
