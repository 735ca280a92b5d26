using System.Net;
using System.Net.Sockets;
using Loop.Sdk.WebRtc.Conformance;
using Loop.Sdk.WebRtc.Sdp;

namespace Loop.Sdk.WebRtc.Tests.Connections;

[TestClass]
public sealed class PeerConnectionTests
{
    private static readonly PeerConnectionFactory Factory = new();

    [TestMethod]
    public async Task Connection_opens_over_loopback_and_both_ends_say_so()
    {
        await using var pair = new PeerPair(Factory);
        Assert.AreEqual(PeerConnectionState.New, pair.First.State);
        await pair.OpenAsync();

        await PeerPair.ReachAsync(pair.First, PeerConnectionState.Connected);
        await PeerPair.ReachAsync(pair.Second, PeerConnectionState.Connected);
        Assert.AreEqual(SignalingState.Stable, pair.First.SignalingState);
        Assert.AreEqual(SdpType.Offer, pair.First.LocalDescription!.Type);
        Assert.AreEqual(SdpType.Answer, pair.First.RemoteDescription!.Type);
        Assert.AreEqual(262144, pair.First.MaxMessageSize);
    }

    [TestMethod]
    public async Task Peer_opens_a_channel_over_a_connection_that_the_other_end_offered()
    {
        await using var pair = new PeerPair(Factory);
        await pair.OpenAsync();

        var theirs = pair.Second.CreateDataChannel("theirs");
        var ours = await PeerPair.NextAsync(pair.First);

        Assert.AreEqual("theirs", ours.Label);
        Assert.AreNotEqual(0, (ours.Id!.Value + pair.First.CreateDataChannel("own").Id!.Value) % 2, "Each end has ids of its own parity.");
        await theirs.WaitForOpenAsync().Soon();
    }

    [TestMethod]
    public async Task Restart_of_ice_finds_a_new_path_while_messages_go_on()
    {
        await using var pair = new PeerPair(Factory);
        var (here, there) = await pair.OpenAsync();
        var before = SdpParser.Parse(pair.First.LocalDescription!.Sdp).DataTransport!.UsernameFragment;
        var reading = there.TakeAsync(2000);

        for (var index = 0; index < 2000; index++)
        {
            if (index == 500)
            {
                await pair.RestartAsync(pair.First, pair.Second).Soon();
            }
            else if (index == 1200)
            {
                await pair.RestartAsync(pair.Second, pair.First).Soon();
            }

            await here.SendAsync(new byte[500]).Soon();
        }

        Assert.HasCount(2000, await reading.Soon());
        Assert.AreNotEqual(before, SdpParser.Parse(pair.First.LocalDescription!.Sdp).DataTransport!.UsernameFragment);
        Assert.AreEqual(PeerConnectionState.Connected, pair.First.State);
    }

    [TestMethod]
    public async Task Restart_that_is_rolled_back_leaves_the_connection_as_it_was()
    {
        await using var pair = new PeerPair(Factory);
        var (here, there) = await pair.OpenAsync();
        await pair.First.SetLocalDescriptionAsync();
        Assert.AreEqual(SignalingState.HaveLocalOffer, pair.First.SignalingState);

        await pair.First.RollbackAsync();

        Assert.AreEqual(SignalingState.Stable, pair.First.SignalingState);
        await here.SendAsync("still"u8.ToArray()).Soon();
        Assert.HasCount(1, await there.TakeAsync(1));
    }

    [TestMethod]
    public async Task Offers_that_meet_are_settled_when_one_end_gives_way()
    {
        await using var polite = Factory.Create(PeerPair.Loopback());
        await using var impolite = Factory.Create(PeerPair.Loopback());
        var channel = polite.CreateDataChannel("from polite");
        impolite.CreateDataChannel("from impolite");
        await polite.SetLocalDescriptionAsync();
        var offer = await impolite.SetLocalDescriptionAsync();

        await polite.SetRemoteDescriptionAsync(offer);
        await impolite.SetRemoteDescriptionAsync(await polite.SetLocalDescriptionAsync());

        await channel.WaitForOpenAsync().Soon();
        Assert.AreEqual("from impolite", (await PeerPair.NextAsync(polite)).Label);
        Assert.AreEqual("from polite", (await PeerPair.NextAsync(impolite)).Label);
    }

    [TestMethod]
    public async Task Connection_opens_when_the_answer_comes_after_the_peers_first_datagrams()
    {
        await using var first = Factory.Create(PeerPair.Loopback());
        await using var second = Factory.Create(PeerPair.Loopback());
        var channel = first.CreateDataChannel("chat");
        await second.SetRemoteDescriptionAsync(await first.SetLocalDescriptionAsync());
        var answer = await second.SetLocalDescriptionAsync();

        // The peer knows everything and begins; this end hears of it only later.
        await foreach (var signal in second.SignalsAsync().WithTimeout())
        {
            if (signal is CandidateFound { Candidate.Candidate: "" })
            {
                break;
            }
        }

        await first.SetRemoteDescriptionAsync(answer);
        await channel.WaitForOpenAsync().Soon();
    }

    [TestMethod]
    public async Task Connection_fails_with_wrong_fingerprint_when_a_description_was_changed()
    {
        await using var pair = new PeerPair(Factory)
        {
            Tamper = static sdp =>
            {
                var place = sdp.IndexOf("sha-256 ", StringComparison.Ordinal) + "sha-256 ".Length;
                return sdp[..place] + (sdp[place] == '0' ? '1' : '0') + sdp[(place + 1)..];
            },
        };
        var channel = pair.First.CreateDataChannel("chat");

        var error = await Assert.ThrowsExactlyAsync<LoopException>(() => channel.WaitForOpenAsync().Soon());

        Assert.IsTrue(error.Code is ErrorCodes.WrongFingerprint or ErrorCodes.Closed, error.Code);
        await PeerPair.ReachAsync(pair.Second, PeerConnectionState.Failed);
        Assert.AreEqual(DataChannelState.Closed, channel.State);
    }

    [TestMethod]
    public async Task Connection_does_not_open_when_the_ice_password_is_wrong()
    {
        await using var pair = new PeerPair(Factory) { Tamper = static sdp => sdp.Replace("a=ice-pwd:", "a=ice-pwd:x", StringComparison.Ordinal) };
        var channel = pair.First.CreateDataChannel("chat");
        await PeerPair.ReachAsync(pair.First, PeerConnectionState.Connecting);
        await PeerPair.ReachAsync(pair.First, PeerConnectionState.Failed);

        Assert.AreEqual(DataChannelState.Connecting, channel.State);
    }

    [TestMethod]
    public async Task Connection_is_closed_when_the_peer_disposes_of_it()
    {
        await using var pair = new PeerPair(Factory);
        var (here, there) = await pair.OpenAsync();
        var sending = Task.Run(async () =>
        {
            while (true)
            {
                await here.SendAsync(new byte[16 * 1024]);
            }
        });

        await pair.Second.DisposeAsync();

        await PeerPair.ReachAsync(pair.First, PeerConnectionState.Closed);
        Assert.AreEqual(ErrorCodes.Closed, (await Assert.ThrowsExactlyAsync<LoopException>(() => sending.Soon())).Code);
        Assert.AreEqual(DataChannelState.Closed, here.State);
        Assert.AreEqual(DataChannelState.Closed, there.State);
        Assert.AreEqual(ErrorCodes.Closed, (await Assert.ThrowsExactlyAsync<LoopException>(() => pair.First.SetLocalDescriptionAsync())).Code);
        Assert.AreEqual(ErrorCodes.Closed, Assert.ThrowsExactly<LoopException>(() => pair.First.CreateDataChannel("late")).Code);
    }

    [TestMethod]
    public async Task Sequences_end_when_the_connection_is_closed_in_any_state()
    {
        for (var step = 0; step < 6; step++)
        {
            await using var first = Factory.Create(PeerPair.Loopback());
            await using var second = Factory.Create(PeerPair.Loopback());
            var channel = first.CreateDataChannel("chat");
            var opening = channel.WaitForOpenAsync();
            var steps = new Func<Task>[]
            {
                async () => await first.SetLocalDescriptionAsync(),
                () => second.SetRemoteDescriptionAsync(first.LocalDescription!),
                async () => await second.SetLocalDescriptionAsync(),
                () => first.SetRemoteDescriptionAsync(second.LocalDescription!),
                () => opening.Soon(),
            };
            foreach (var action in steps.Take(step))
            {
                await action();
            }

            await first.DisposeAsync();
            await first.DisposeAsync();

            await foreach (var signal in first.SignalsAsync().WithTimeout())
            {
            }

            await foreach (var incoming in first.IncomingChannelsAsync().WithTimeout())
            {
            }

            await PeerPair.ReachAsync(first, PeerConnectionState.Closed);
            Assert.AreEqual(DataChannelState.Closed, channel.State);
            Assert.AreEqual(step == 5, opening.IsCompletedSuccessfully, $"Step {step}.");
            await channel.CloseAsync().Soon();
        }
    }

    [TestMethod]
    public async Task Datagrams_of_strangers_change_nothing()
    {
        await using var pair = new PeerPair(Factory);
        var (here, there) = await pair.OpenAsync();
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var ports = new[] { pair.First, pair.Second }
            .SelectMany(static connection => SdpParser.Parse(connection.LocalDescription!.Sdp).Media[0].Candidates)
            .Select(static line => int.Parse(line.Split(' ')[5])).ToList();
        var random = new Random(5);
        for (var index = 0; index < 500; index++)
        {
            var datagram = new byte[random.Next(1, 200)];
            random.NextBytes(datagram);
            datagram[0] = (byte)(index % 64);
            await stranger.SendAsync(datagram, new IPEndPoint(IPAddress.Loopback, ports[index % ports.Count]));
        }

        await here.SendAsync("unharmed"u8.ToArray()).Soon();
        Assert.HasCount(1, await there.TakeAsync(1));
        Assert.AreEqual(PeerConnectionState.Connected, pair.Second.State);
    }

    [TestMethod]
    public async Task Candidates_are_checked_and_need_a_description()
    {
        await using var first = Factory.Create(PeerPair.Loopback());
        await using var second = Factory.Create(PeerPair.Loopback());
        Assert.AreEqual(ErrorCodes.InvalidState, (await Assert.ThrowsExactlyAsync<LoopException>(() => first.AddIceCandidateAsync(new IceCandidate("")))).Code);
        second.CreateDataChannel("x");
        await first.SetRemoteDescriptionAsync(await second.SetLocalDescriptionAsync());

        Assert.AreEqual(ErrorCodes.InvalidCandidate, (await Assert.ThrowsExactlyAsync<LoopException>(() => first.AddIceCandidateAsync(new IceCandidate("candidate:nonsense")))).Code);
        await first.AddIceCandidateAsync(new IceCandidate("candidate:1 1 udp 1 192.0.2.1 9 typ host", UsernameFragment: "gone"));
        await first.AddIceCandidateAsync(new IceCandidate(""));
    }

    [TestMethod]
    public async Task Connection_opens_over_the_family_that_both_ends_have()
    {
        if (!Socket.OSSupportsIPv6)
        {
            Assert.Inconclusive("This machine has no IPv6.");
        }

        var both = new PeerConnectionOptions { LocalAddresses = [IPAddress.Loopback, IPAddress.IPv6Loopback] };
        await using var pair = new Pairing(Factory.Create(both), Factory.Create(both with { LocalAddresses = [IPAddress.IPv6Loopback] }));
        var here = pair.First.CreateDataChannel("chat");
        var there = await PeerPair.NextAsync(pair.Second);
        await here.SendAsync(new byte[100_000]).Soon();
        Assert.HasCount(1, await there.TakeAsync(1));
        var candidates = SdpParser.Parse(pair.Second.LocalDescription!.Sdp).Media[0].Candidates;
        Assert.IsTrue(candidates.Count > 0 && candidates.All(static line => line.Split(' ')[4] == "::1"));
    }

    [TestMethod]
    public async Task Ports_are_those_of_the_range_when_there_is_one()
    {
        using var factory = new PeerConnectionFactory(new PeerConnectionFactoryOptions { FirstPort = 42_100, LastPort = 42_140 });
        await using var connection = factory.Create(PeerPair.Loopback());
        var offer = await connection.SetLocalDescriptionAsync();

        var port = int.Parse(SdpParser.Parse(offer.Sdp).Media[0].Candidates[0].Split(' ')[5]);
        Assert.IsTrue(port is >= 42_100 and <= 42_140);
    }

    [TestMethod]
    public void Options_are_refused_when_they_are_out_of_range()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Factory.Create(new PeerConnectionOptions { MaxMessageSize = 0 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Factory.Create(new PeerConnectionOptions { SendBuffer = 1 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Factory.Create(new PeerConnectionOptions { MaxMessageSize = 4096 * 1024 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new PeerConnectionFactory(new PeerConnectionFactoryOptions { LastPort = 5 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new PeerConnectionFactory(new PeerConnectionFactoryOptions { CertificateLifetime = TimeSpan.Zero }));
    }
}
