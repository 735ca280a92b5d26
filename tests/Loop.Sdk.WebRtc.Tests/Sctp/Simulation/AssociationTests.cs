namespace Loop.Sdk.WebRtc.Sctp.Simulation;

/// <summary>What happens at the edges of an association's life.</summary>
[TestClass]
public sealed class AssociationTests
{
    [TestMethod]
    public void Window_closes_when_the_reader_stops_and_opens_when_it_goes_on()
    {
        var pair = new SimPair(1, new SctpSettings { ReceiveBuffer = 128 * 1024, SendBuffer = 64 * 1024 }).Connected();
        var held = new List<ReceivedMessage>();
        var (isReading, sent, received) = (false, 0, 0);
        var message = new byte[1000];
        pair.A.OnIdle = () =>
        {
            while (sent < 2000 && pair.A.Association.TrySend(3, 53, message, Reliability.Ordered, pair.A.Now) == SctpSendResult.Taken)
            {
                sent++;
            }
        };
        pair.B.OnEvent = next =>
        {
            if (next.Kind == SctpEventKind.Message)
            {
                received++;
                if (isReading)
                {
                    pair.B.Association.Return(next.Message);
                }
                else
                {
                    held.Add(next.Message);
                }
            }
        };
        pair.Network.Run(60 * SimPair.Second);
        Assert.IsTrue(received * 1000 <= 2 * 128 * 1024, $"{received} messages were taken.");
        Assert.IsTrue(sent < 400, $"{sent} messages were taken to be sent.");
        Assert.IsFalse(pair.A.Association.IsEnded, "A reader that pauses does not end the association.");
        isReading = true;
        held.ForEach(message => pair.B.Association.Return(message));
        Assert.IsTrue(pair.Network.RunUntil(() => received == 2000, 60 * SimPair.Second));
        Assert.IsTrue(pair.A.Events.Contains(SctpEventKind.Writable));
    }

    [TestMethod]
    public void Association_goes_on_when_the_peer_begins_anew()
    {
        var pair = new SimPair(2).Connected();
        pair.A.Association.TrySend(1, 53, new byte[100_000], Reliability.Ordered, pair.A.Now);
        pair.Network.Run(1_000);
        pair.B.Association = new SctpAssociation(new SctpSettings { Random = pair.Random.NextBytes });
        pair.B.Events.Clear();
        pair.B.Association.Connect(SimPair.Port, pair.Network.Now);
        Assert.IsTrue(pair.Network.RunUntil(() => pair.A.Events.Contains(SctpEventKind.Restarted) && pair.B.Association.IsConnected, 10 * SimPair.Second));
        var received = 0;
        pair.B.OnEvent = next => received += next.Kind == SctpEventKind.Message ? next.Message.Length : 0;
        pair.A.Association.TrySend(1, 53, new byte[500], Reliability.Ordered, pair.A.Now);
        Assert.IsTrue(pair.Network.RunUntil(() => received > 0, 10 * SimPair.Second));
        Assert.AreEqual(500, received, "What was under way before is gone.");
    }

    [TestMethod]
    public void Association_ends_when_the_peer_is_silent_for_too_long()
    {
        var pair = new SimPair(3, new SctpSettings { MaxRetransmissions = 5 }).Connected();
        pair.There.IsCut = pair.Back.IsCut = true;
        pair.A.Association.TrySend(1, 53, new byte[100], Reliability.Ordered, pair.A.Now);
        Assert.IsTrue(pair.Network.RunUntil(() => pair.A.Association.IsEnded && pair.B.Association.IsEnded, 300 * SimPair.Second), "One was asked for data, the other for a sign of life.");
        Assert.AreEqual(SctpEndReason.TimedOut, pair.A.Reason);
        Assert.AreEqual(SctpEndReason.TimedOut, pair.B.Reason);
    }

    [TestMethod]
    public void Association_ends_when_nobody_answers_the_first_packet()
    {
        var pair = new SimPair(4);
        pair.There.IsCut = true;
        pair.A.Association.Connect(SimPair.Port, pair.Network.Now);
        Assert.IsTrue(pair.Network.RunUntil(() => pair.A.Association.IsEnded, 600 * SimPair.Second));
        Assert.AreEqual(SctpEndReason.TimedOut, pair.A.Reason);
    }

    [TestMethod]
    public void Association_is_set_up_with_another_cookie_when_the_first_was_too_old()
    {
        var pair = new SimPair(10);
        var (stale, inits) = (0, 0);
        pair.Back.Tap = packet => stale += PacketEdit.Find(packet, ChunkType.Error) is >= 0 and var place && packet[place + 5] == ErrorCause.StaleCookie ? 1 : 0;
        pair.There.Tap = packet => inits += PacketEdit.Find(packet, ChunkType.Init) >= 0 ? 1 : 0;
        pair.A.Association.Connect(SimPair.Port, pair.Network.Now);

        // The INIT arrives, and its answer; the cookie comes back only when a minute has passed.
        pair.Network.Run(7_000);
        pair.There.IsCut = true;
        pair.Network.Run(60 * SimPair.Second);
        Assert.AreEqual((0, 1), (stale, inits));
        pair.There.IsCut = false;
        Assert.IsTrue(pair.Network.RunUntil(() => pair.A.Association.IsConnected && pair.B.Association.IsConnected, 60 * SimPair.Second));
        Assert.AreEqual((1, 2), (stale, inits));
        var received = 0;
        pair.B.OnEvent = next => received += next.Kind == SctpEventKind.Message ? 1 : 0;
        pair.A.Association.TrySend(1, 53, [1], Reliability.Ordered, pair.A.Now);
        Assert.IsTrue(pair.Network.RunUntil(() => received == 1, SimPair.Second));
    }

    [TestMethod]
    public void Cookie_that_was_changed_or_is_of_another_association_sets_nothing_up()
    {
        var pair = new SimPair(11);
        byte[]? echo = null;
        pair.There.Tap = packet => echo = PacketEdit.Find(packet, ChunkType.CookieEcho) >= 0 ? packet : echo;
        pair.A.Association.Connect(SimPair.Port, pair.Network.Now);
        pair.Network.RunUntil(() => echo is not null, SimPair.Second);
        for (var place = PacketHeader.Size + Chunk.HeaderSize; place < echo!.Length; place++)
        {
            var changed = (byte[])echo.Clone();
            changed[place] ^= 1;
            Crc32c.Write(changed);
            var end = new SimPair(12).B;
            end.Receive(changed);
            pair.B.Receive(changed);
            end.Receive(echo);
            Assert.IsFalse(end.Association.IsConnected || pair.B.Association.IsConnected, $"Byte {place} was changed.");
        }

        Assert.IsTrue(pair.Network.RunUntil(() => pair.A.Association.IsConnected && pair.B.Association.IsConnected, SimPair.Second));
    }

    [TestMethod]
    public void Abort_ends_both_ends_at_once()
    {
        var pair = new SimPair(5).Connected();
        pair.A.Association.Abort();
        Assert.IsTrue(pair.Network.RunUntil(() => pair.B.Association.IsEnded, SimPair.Second));
        Assert.AreEqual(SctpEndReason.AbortedHere, pair.A.Reason);
        Assert.AreEqual(SctpEndReason.AbortedByPeer, pair.B.Reason);
        Assert.AreEqual(SctpSendResult.NotOpen, pair.A.Association.TrySend(1, 53, [1], Reliability.Ordered, pair.A.Now));
    }

    [TestMethod]
    public void Association_ends_when_a_message_is_larger_than_agreed()
    {
        var pair = new SimPair(6, new SctpSettings { MaxMessageSize = 10_000 }).Connected();
        pair.A.Association.TrySend(1, 53, new byte[10_000], Reliability.Ordered, pair.A.Now);
        Assert.IsFalse(pair.Network.RunUntil(() => pair.B.Association.IsEnded, SimPair.Second));
        pair.A.Association.TrySend(1, 53, new byte[10_001], Reliability.Ordered, pair.A.Now);
        Assert.IsTrue(pair.Network.RunUntil(() => pair.A.Association.IsEnded, SimPair.Second));
        Assert.AreEqual(SctpEndReason.MessageTooLarge, pair.B.Reason);
        Assert.AreEqual(SctpEndReason.AbortedByPeer, pair.A.Reason);
    }

    [TestMethod]
    public void Packets_grow_to_what_the_path_carries_and_shrink_when_large_ones_vanish()
    {
        var pair = new SimPair(7);
        pair.There.MaxPacket = 9000;
        pair.Connected();
        pair.Network.Run(20 * SimPair.Second);
        Assert.AreEqual(8912, pair.A.Association.PacketSize);
        Assert.AreEqual(16_000, pair.B.Association.PacketSize);

        // What is under way now was cut for the larger path.
        pair.There.MaxPacket = 1300;
        var received = 0L;
        pair.B.OnEvent = next =>
        {
            if (next.Kind == SctpEventKind.Message)
            {
                received += next.Message.Length;
                pair.B.Association.Return(next.Message);
            }
        };
        for (var count = 0; count < 4; count++)
        {
            pair.A.Association.TrySend(1, 53, new byte[100_000], Reliability.Ordered, pair.A.Now);
        }

        Assert.IsTrue(pair.Network.RunUntil(() => received == 400_000, 60 * SimPair.Second), $"{received} bytes arrived.");
        Assert.AreEqual(1184, pair.A.Association.PacketSize);
    }

    [TestMethod]
    public void Message_of_the_size_of_the_window_passes()
    {
        var pair = new SimPair(8, new SctpSettings { MaxMessageSize = 1 << 20, ReceiveBuffer = 1 << 20, SendBuffer = 1 << 20 }).Connected();
        var received = 0;
        pair.B.OnEvent = next =>
        {
            if (next.Kind == SctpEventKind.Message)
            {
                received++;
                pair.B.Association.Return(next.Message);
            }
        };
        for (var count = 1; count <= 3; count++)
        {
            pair.A.Association.TrySend(1, 53, new byte[1 << 20], Reliability.Ordered, pair.A.Now);
            Assert.IsTrue(pair.Network.RunUntil(() => received == count, 10 * SimPair.Second));
        }
    }

    [TestMethod]
    public void Large_messages_on_many_streams_pass_when_they_are_interleaved()
    {
        var pair = new SimPair(9, new SctpSettings { SendBuffer = 64 << 20 }).Connected();
        Assert.IsTrue(pair.A.Association.Features.HasFlag(SctpFeatures.Interleaving));
        var received = 0;
        pair.B.OnEvent = next =>
        {
            if (next.Kind == SctpEventKind.Message)
            {
                received++;
                pair.B.Association.Return(next.Message);
            }
        };
        for (ushort stream = 0; stream < 100; stream++)
        {
            Assert.AreEqual(SctpSendResult.Taken, pair.A.Association.TrySend(stream, 53, new byte[256 * 1024], Reliability.Ordered, pair.A.Now));
        }

        Assert.IsTrue(pair.Network.RunUntil(() => received == 100, 60 * SimPair.Second), $"{received} messages arrived.");
    }
}
