namespace Loop.Sdk.WebRtc.Conformance;

/// <summary>What every engine does: descriptions, candidates, states. Run for each engine by a class that derives from this.</summary>
public abstract class ConnectionConformance
{
    /// <summary>Makes an engine that reaches the others of this test.</summary>
    private protected abstract IPeerConnectionFactory CreateFactory();

    [TestMethod]
    public async Task Connection_passes_through_its_states_in_order()
    {
        await using var pair = New();
        var seen = new List<PeerConnectionState>();
        var reading = Task.Run(async () =>
        {
            await foreach (var state in pair.First.StateChangesAsync())
            {
                seen.Add(state);
            }
        });
        pair.First.CreateDataChannel("x");
        await Pairing.UntilAsync(pair.First, PeerConnectionState.Connected);
        await Pairing.UntilAsync(pair.Second, PeerConnectionState.Connected);
        await pair.First.DisposeAsync();
        await Pairing.UntilAsync(pair.Second, PeerConnectionState.Closed);
        await reading;
        Assert.AreEqual(PeerConnectionState.Closed, seen[^1]);
        Assert.IsTrue(seen.SequenceEqual(seen.Order()), string.Join(' ', seen));
        Assert.AreEqual(SignalingState.Closed, pair.First.SignalingState);
    }

    [TestMethod]
    public async Task Signalling_states_are_those_of_the_exchange()
    {
        var factory = CreateFactory();
        await using var first = factory.Create();
        await using var second = factory.Create();
        first.CreateDataChannel("x");
        Assert.AreEqual(SignalingState.Stable, first.SignalingState);
        var offer = await first.SetLocalDescriptionAsync();
        Assert.AreEqual((SdpType.Offer, SignalingState.HaveLocalOffer), (offer.Type, first.SignalingState));
        await second.SetRemoteDescriptionAsync(offer);
        Assert.AreEqual(SignalingState.HaveRemoteOffer, second.SignalingState);
        var answer = await second.SetLocalDescriptionAsync();
        Assert.AreEqual((SdpType.Answer, SignalingState.Stable), (answer.Type, second.SignalingState));
        await first.SetRemoteDescriptionAsync(answer);
        Assert.AreEqual(SignalingState.Stable, first.SignalingState);
        Assert.IsNotNull(first.LocalDescription);
        Assert.AreEqual(SdpType.Answer, first.RemoteDescription!.Type);
    }

    [TestMethod]
    public async Task Own_offer_is_taken_back_when_the_peers_is_taken()
    {
        var factory = CreateFactory();
        await using var first = factory.Create();
        await using var second = factory.Create();
        first.CreateDataChannel("x");
        second.CreateDataChannel("y");
        await first.SetLocalDescriptionAsync();
        var offer = await second.SetLocalDescriptionAsync();
        await first.SetRemoteDescriptionAsync(offer);
        Assert.AreEqual(SignalingState.HaveRemoteOffer, first.SignalingState);
        await second.SetRemoteDescriptionAsync(await first.SetLocalDescriptionAsync());
        Assert.AreEqual((SignalingState.Stable, SignalingState.Stable), (first.SignalingState, second.SignalingState));
    }

    [TestMethod]
    public async Task Offer_can_be_taken_back()
    {
        await using var first = CreateFactory().Create();
        await first.RollbackAsync();
        first.CreateDataChannel("x");
        await first.SetLocalDescriptionAsync();
        await first.RollbackAsync();
        Assert.AreEqual(SignalingState.Stable, first.SignalingState);
        Assert.AreEqual(SdpType.Offer, (await first.SetLocalDescriptionAsync()).Type);
    }

    [TestMethod]
    public async Task What_does_not_fit_is_refused_and_changes_nothing()
    {
        var factory = CreateFactory();
        await using var first = factory.Create();
        await using var second = factory.Create();
        first.CreateDataChannel("x");
        await FailsAsync(ErrorCodes.InvalidState, first.SetRemoteDescriptionAsync(new SessionDescription(SdpType.Answer, (await second.SetLocalDescriptionAsync()).Sdp)));
        await second.RollbackAsync();
        await FailsAsync(ErrorCodes.InvalidDescription, first.SetRemoteDescriptionAsync(new SessionDescription(SdpType.Offer, "")));
        await FailsAsync(ErrorCodes.InvalidDescription, first.SetRemoteDescriptionAsync(new SessionDescription(SdpType.Offer, "v=0\r\nnonsense")));
        await FailsAsync(ErrorCodes.InvalidState, first.AddIceCandidateAsync(new IceCandidate("candidate:1 1 udp 1 192.0.2.1 9 typ host", "0")));
        Assert.AreEqual(SignalingState.Stable, first.SignalingState);
        await second.SetRemoteDescriptionAsync(await first.SetLocalDescriptionAsync());
        await FailsAsync(ErrorCodes.InvalidCandidate, second.AddIceCandidateAsync(new IceCandidate("no candidate", "0")));
        await second.AddIceCandidateAsync(new IceCandidate("", "0"));
    }

    [TestMethod]
    public async Task Everything_is_refused_after_the_end()
    {
        var first = CreateFactory().Create();
        var channel = first.CreateDataChannel("x");
        await first.DisposeAsync();
        await first.DisposeAsync();
        await FailsAsync(ErrorCodes.Closed, first.SetLocalDescriptionAsync());
        await FailsAsync(ErrorCodes.Closed, first.SetRemoteDescriptionAsync(new SessionDescription(SdpType.Offer, "v=0")));
        Assert.AreEqual(ErrorCodes.Closed, Assert.ThrowsExactly<LoopException>(() => first.CreateDataChannel("y")).Code);
        await FailsAsync(ErrorCodes.Closed, channel.WaitForOpenAsync());
        await FailsAsync(ErrorCodes.Closed, channel.SendAsync(new byte[1]).AsTask());
        Assert.IsFalse(await first.SignalsAsync().AnyAsync(static signal => signal is null));
        Assert.AreEqual(PeerConnectionState.Closed, await first.StateChangesAsync().SingleAsync());
    }

    [TestMethod]
    public async Task Connection_fails_when_the_fingerprint_is_anothers()
    {
        var factory = CreateFactory();
        await using var stranger = CreateOther();
        stranger.CreateDataChannel("x");
        var wrong = Line((await stranger.SetLocalDescriptionAsync()).Sdp);
        await using var pair = new Pairing(factory.Create(), CreateFactory().Create(), description => description with { Sdp = description.Sdp.Replace(Line(description.Sdp), wrong) });
        pair.First.CreateDataChannel("x");
        await Pairing.UntilAsync(pair.First, PeerConnectionState.Failed);
        await Pairing.UntilAsync(pair.Second, PeerConnectionState.Failed);
    }

    [TestMethod]
    public async Task Channels_go_on_over_new_paths()
    {
        var (pair, mine, theirs) = await Pairing.OpenAsync(CreateFactory(), CreateFactory());
        await using (pair)
        {
            var before = pair.First.LocalDescription!.Sdp;
            await mine.SendAsync("one"u8.ToArray());
            pair.First.RestartIce();
            while (pair.First.LocalDescription!.Sdp == before || pair.First.SignalingState != SignalingState.Stable)
            {
                await Task.Yield();
            }

            await mine.SendAsync("two"u8.ToArray());
            var seen = await theirs.MessagesAsync().Take(2).Select(static message => message.ReadText()).ToListAsync();
            CollectionAssert.AreEqual(new[] { "one", "two" }, seen);
            Assert.AreEqual(PeerConnectionState.Connected, pair.Second.State);
        }
    }

    [TestMethod]
    public async Task Sizes_that_the_peer_takes_are_known_and_obeyed()
    {
        var (pair, mine, theirs) = await Pairing.OpenAsync(CreateFactory(), CreateFactory(), new PeerConnectionOptions { MaxMessageSize = 100_000 });
        await using (pair)
        {
            Assert.AreEqual(100_000, pair.First.MaxMessageSize);
            await FailsAsync(ErrorCodes.MessageTooLarge, mine.SendAsync(new byte[100_001]).AsTask());
            await mine.SendAsync(new byte[100_000]);
            Assert.AreEqual(100_000, (await theirs.MessagesAsync().Select(static message => message.Payload.Length).FirstAsync()));
        }
    }

    private protected static async Task FailsAsync(string code, Task task)
    {
        var error = await Assert.ThrowsExactlyAsync<LoopException>(() => task);
        Assert.AreEqual(code, error.Code, error.Message);
    }

    private static string Line(string sdp) => sdp.Split("\r\n").First(static line => line.StartsWith("a=fingerprint:", StringComparison.Ordinal));

    private IPeerConnection CreateOther() => CreateFactory().Create();

    private Pairing New() => new(CreateFactory().Create(), CreateFactory().Create());
}
