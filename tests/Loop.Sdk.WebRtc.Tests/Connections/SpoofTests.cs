using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.WebRtc.Tests.Connections;

/// <summary>What others send to the ports of a connection, and a peer that does not do its part.</summary>
[TestClass]
public sealed class SpoofTests
{
    [TestMethod]
    public async Task Connection_goes_on_whatever_strangers_send_and_whatever_is_sent_in_the_peers_name()
    {
        using var factory = new PeerConnectionFactory(new PeerConnectionFactoryOptions { TimeProvider = new FastClock(5) });
        await using var relay = new UdpRelay();
        var captured = new ConcurrentQueue<(byte[] Datagram, bool ToFirst)>();
        relay.Passes = (datagram, toFirst) =>
        {
            captured.Enqueue((datagram, toFirst));
            return ValueTask.FromResult(true);
        };
        await using var first = factory.Create(PeerPair.Loopback());
        await using var second = factory.Create(PeerPair.Loopback());
        var here = first.CreateDataChannel("chat");
        await relay.ConnectAsync(first, second);
        await here.WaitForOpenAsync().Soon();
        var there = await PeerPair.NextAsync(second);
        await TalkAsync(here, there);

        relay.Passes = static (_, _) => ValueTask.FromResult(true);
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var sent = 0;
        foreach (var toFirst in new[] { true, false })
        {
            var (victim, peer) = toFirst ? (first, second) : (second, first);
            foreach (var datagram in Forgeries.For(victim.LocalDescription!, peer.LocalDescription!).Concat(captured.Where(one => one.ToFirst == toFirst).Select(static one => one.Datagram)))
            {
                await stranger.SendAsync(datagram, relay.Behind(toFirst));
                await relay.SendAsync(datagram, toFirst);
                sent++;
            }

            // What was said before is said again and again: nothing of it counts twice.
            await TalkAsync(here, there);
        }

        await TalkAsync(here, there);
        await PeerPair.ReachAsync(first, PeerConnectionState.Connected);
        await PeerPair.ReachAsync(second, PeerConnectionState.Connected);
        Assert.IsTrue(sent > 600);
        var heard = 0;
        for (; stranger.Available > 0; heard++)
        {
            var datagram = (await stranger.ReceiveAsync()).Buffer;
            Assert.IsTrue(datagram[0] < 4, "Strangers are not sent data.");
        }

        Assert.IsTrue(heard < sent, $"{heard} answers to {sent} datagrams.");
    }

    [TestMethod]
    public async Task Path_is_kept_when_answers_to_its_checks_come_from_elsewhere_first()
    {
        const int Wanted = 4;
        using var factory = new PeerConnectionFactory(new PeerConnectionFactoryOptions { TimeProvider = new FastClock(5) });
        await using var relay = new UdpRelay();
        await using var first = factory.Create(PeerPair.Loopback());
        await using var second = factory.Create(PeerPair.Loopback());
        var here = first.CreateDataChannel("chat");
        await relay.ConnectAsync(first, second);
        await here.WaitForOpenAsync().Soon();
        var there = await PeerPair.NextAsync(second);
        await PeerPair.ReachAsync(second, PeerConnectionState.Connected);

        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var stolen = new ConcurrentDictionary<bool, int>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        relay.Passes = async (datagram, toFirst) =>
        {
            if (datagram is [1, 1, ..])
            {
                await stranger.SendAsync(datagram, relay.Behind(toFirst));
                stolen.AddOrUpdate(toFirst, 1, static (_, count) => count + 1);
                if (stolen.GetValueOrDefault(true) >= Wanted && stolen.GetValueOrDefault(false) >= Wanted)
                {
                    enough.TrySetResult();
                }
            }

            return true;
        };
        await enough.Task.Soon();
        await TalkAsync(here, there);
        await PeerPair.ReachAsync(first, PeerConnectionState.Connected);
        await PeerPair.ReachAsync(second, PeerConnectionState.Connected);
    }

    [TestMethod]
    public async Task Send_waits_and_fails_in_the_end_when_the_peer_is_there_and_acknowledges_nothing()
    {
        const int Count = 100;
        using var factory = new PeerConnectionFactory(new PeerConnectionFactoryOptions { TimeProvider = new FastClock(20) });
        await using var relay = new UdpRelay();
        await using var first = factory.Create(PeerPair.Loopback(new PeerConnectionOptions { SendBuffer = 64 * 1024 }));
        await using var second = factory.Create(PeerPair.Loopback(new PeerConnectionOptions { ReceiveBuffer = 256 * 1024 }));
        var channel = first.CreateDataChannel("chat");
        await relay.ConnectAsync(first, second);
        await channel.WaitForOpenAsync().Soon();

        // Its checks are answered and it answers checks: only its data is missing.
        relay.Passes = static (datagram, toFirst) => ValueTask.FromResult(!toFirst || datagram[0] < 4);
        var sends = Enumerable.Range(0, Count).Select(_ => channel.SendAsync(new byte[16 * 1024]).AsTask()).ToList();
        await PeerPair.ReachAsync(first, PeerConnectionState.Failed);

        var taken = sends.Count(static send => send.IsCompletedSuccessfully);
        Assert.IsTrue(taken <= 8 + ((64 + 256) / 16), $"{taken}: more than this end's buffer and the peer's window.");
        foreach (var send in sends.Where(static send => !send.IsCompletedSuccessfully))
        {
            Assert.AreEqual(ErrorCodes.Closed, (await Assert.ThrowsExactlyAsync<LoopException>(() => send.Soon())).Code);
        }

        Assert.AreEqual(DataChannelState.Closed, channel.State);
        Assert.AreEqual(0, channel.BufferedAmount);
    }

    private static async Task TalkAsync(IDataChannel here, IDataChannel there)
    {
        foreach (var (from, to) in new[] { (here, there), (there, here) })
        {
            for (byte number = 0; number < 20; number++)
            {
                await from.SendAsync(new byte[] { number, 1, 2, 3 }).Soon();
            }

            var taken = await to.TakeAsync(20);
            Assert.IsTrue(taken.Select(static message => message.Payload[0]).SequenceEqual(Enumerable.Range(0, 20).Select(static number => (byte)number)));
        }
    }
}
