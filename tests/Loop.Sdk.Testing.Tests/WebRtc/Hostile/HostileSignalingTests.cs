using Loop.Sdk.WebRtc;
using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.Testing.Tests.WebRtc.Hostile;

/// <summary>A server that is in between. Whatever it does to signals is noticed, and nobody connects to it.</summary>
[TestClass]
public sealed class HostileSignalingTests
{
    private readonly MemoryPeerNetwork _network = new();

    [TestMethod]
    public async Task Changed_signals_are_noticed_whichever_byte_it_was()
    {
        var random = new Random(1);
        await AttackAsync(
            ErrorCodes.Tampered,
            signal =>
            {
                // Behind the head, which says which key; what is changed there is refused as something else.
                var envelope = signal.Envelope.ToArray();
                envelope[random.Next(62, envelope.Length)] ^= (byte)(1 << random.Next(8));
                return [signal with { Envelope = envelope }];
            });
    }

    [TestMethod]
    public async Task Repeated_signals_are_noticed()
    {
        await AttackAsync(ErrorCodes.StaleVersion, static signal => [signal, signal], isOnceOnly: false);
    }

    [TestMethod]
    public async Task Signals_in_another_order_are_noticed()
    {
        DeliveredSignal? kept = null;
        await AttackAsync(ErrorCodes.StaleVersion, signal =>
        {
            if (kept is { } earlier && earlier.From == signal.From)
            {
                kept = null;
                return [signal, earlier];
            }

            kept = signal;
            return [];
        });
    }

    [TestMethod]
    public async Task Signals_under_another_version_are_noticed() =>
        await AttackAsync(ErrorCodes.Tampered, static signal => [signal with { Version = signal.Version + 1 }]);

    [TestMethod]
    public async Task Signals_of_another_sender_are_noticed() =>
        await AttackAsync(ErrorCodes.Tampered, static signal => [signal with { From = Guid.NewGuid().ToString() }]);

    [TestMethod]
    public async Task Signals_in_anothers_name_are_noticed() =>
        await AttackAsync(ErrorCodes.UnknownAuthor, static signal => [signal with { Author = new string('x', 43) }]);

    [TestMethod]
    public async Task Signals_for_another_receiver_are_noticed()
    {
        await using var world = await MeshWorld.StartAsync(_network.CreateFactory);
        var ada = await world.OwnerAsync();
        var forCarol = new List<DeliveredSignal>();
        var carol = await world.GuestAsync("Carol", lies: real => new LyingPeers(real)
        {
            Signals = signal =>
            {
                lock (forCarol)
                {
                    forCarol.Add(signal);
                }

                return [signal];
            },
        });
        await carol.PeerAsync(ada);
        LyingPeers? lies = null;
        var bob = await world.GuestAsync("Bob", lies: real => lies = new LyingPeers(real)
        {
            Signals = signal =>
            {
                lock (forCarol)
                {
                    return [.. forCarol];
                }
            },
        });
        var refused = await bob.Mesh.RefusedSignalsAsync().FirstAsync();
        Assert.AreEqual(ErrorCodes.Tampered, refused.Code);
        lies!.Signals = static signal => [signal];
        await world.SoonAsync(bob.PeerAsync(ada));
    }

    [TestMethod]
    public async Task Own_signals_that_come_back_are_noticed()
    {
        await using var world = await MeshWorld.StartAsync(_network.CreateFactory);
        var sent = new List<DeliveredSignal>();
        var ada = await world.OwnerAsync();
        MeshUser? bob = null;
        var recording = await world.GuestAsync("Carol", lies: real => new LyingPeers(real)
        {
            Signals = signal =>
            {
                lock (sent)
                {
                    sent.Add(signal);
                }

                return [signal];
            },
        });
        LyingPeers? lies = null;
        bob = await world.GuestAsync("Bob", lies: real => lies = new LyingPeers(real)
        {
            Signals = signal =>
            {
                lock (sent)
                {
                    // What Bob said to Carol, as if Carol had said it.
                    return [.. sent.Where(own => own.Author == bob?.Room.MemberId).Select(own => own with { From = recording.Room.ParticipantId }), signal];
                }
            },
        });
        Assert.AreEqual(ErrorCodes.Tampered, (await bob.Mesh.RefusedSignalsAsync().FirstAsync()).Code);
        lies!.Signals = static signal => [signal];
        await world.SoonAsync(Task.WhenAll(bob.PeerAsync(ada), bob.PeerAsync(recording)));
    }

    [TestMethod]
    public async Task Pair_connects_when_signals_are_left_out()
    {
        await using var world = await MeshWorld.StartAsync(_network.CreateFactory);
        var ada = await world.OwnerAsync();
        var count = 0;
        var bob = await world.GuestAsync("Bob", lies: real => new LyingPeers(real) { Signals = signal => ++count is 2 or 5 ? [] : [signal] });
        await world.SoonAsync(Task.WhenAll(bob.PeerAsync(ada), ada.PeerAsync(bob)));

        // How many more it took depends on which was left out; what was heard of the peer meanwhile counts.
        Assert.IsGreaterThanOrEqualTo(2, count);
        var reading = bob.Mesh.Chat.MessagesAsync().FirstAsync().AsTask();
        await ada.Mesh.Chat.SayAsync("after");
        await world.SoonAsync(reading);
        Assert.AreEqual("after", (await reading).Message.Message);
    }

    [TestMethod]
    public async Task Relayed_frames_that_are_changed_left_out_repeated_or_turned_back_never_count()
    {
        _network.Cut();
        var random = new Random(2);
        var isLying = true;
        await using var world = await MeshWorld.StartAsync(_network.CreateFactory);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob", lies: real => new LyingPeers(real)
        {
            Frames = (_, frame) =>
            {
                if (!isLying)
                {
                    return [frame];
                }

                var changed = frame.ToArray();
                changed[random.Next(62, changed.Length)] ^= 1;
                return random.Next(6) switch
                {
                    0 => [changed],
                    1 => [],
                    2 => [frame, frame],
                    _ => [frame],
                };
            },
        });
        await world.SoonAsync(Task.WhenAll(ada.PeerAsync(bob), bob.PeerAsync(ada)));
        for (var number = 1; number <= 30; number++)
        {
            await ada.Mesh.Chat.SayAsync($"{number}");
        }

        var reading = bob.Mesh.Chat.MessagesAsync().Take(30).Select(static text => text.Message.Message).ToListAsync().AsTask();
        await world.SoonAsync(Task.WhenAny(reading, Task.Delay(TimeSpan.FromMinutes(1), world.Clock)));
        isLying = false;
        await world.SoonAsync(reading);
        Assert.IsTrue((await reading).SequenceEqual(Enumerable.Range(1, 30).Select(static number => $"{number}")), string.Join(' ', await reading));
    }

    private async Task AttackAsync(string code, Func<DeliveredSignal, IEnumerable<DeliveredSignal>> attack, bool isOnceOnly = true)
    {
        await using var world = await MeshWorld.StartAsync(_network.CreateFactory);
        var ada = await world.OwnerAsync();
        LyingPeers? lies = null;
        var bob = await world.GuestAsync("Bob", lies: real => lies = new LyingPeers(real) { Signals = attack });
        await world.SoonAsync(bob.Mesh.RefusedSignalsAsync().FirstAsync(refused => refused.Code == code).AsTask());
        if (isOnceOnly)
        {
            Assert.IsFalse(bob.Mesh.CurrentPeers.Any(static peer => peer.Path == MeshPath.Direct));
        }

        // When the server comes to its senses, they find each other.
        lies!.Signals = static signal => [signal];
        await world.SoonAsync(Task.WhenAll(bob.PeerAsync(ada, static peer => peer.Path == MeshPath.Direct), ada.PeerAsync(bob, static peer => peer.Path == MeshPath.Direct)));
        await bob.Mesh.Chat.SayAsync("well");
        Assert.AreEqual("well", (await ada.Mesh.Chat.MessagesAsync().FirstAsync()).Message.Message);
    }
}
