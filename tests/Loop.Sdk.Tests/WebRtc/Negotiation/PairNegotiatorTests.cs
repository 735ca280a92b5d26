namespace Loop.Sdk.WebRtc.Negotiation;

[TestClass]
public sealed class PairNegotiatorTests
{
    private int _attempts;

    [TestMethod]
    public void Newcomer_offers_and_the_other_waits()
    {
        var (old, newcomer) = (New(polite: false), New(polite: true));
        newcomer.Greet(0);
        old.Receive(Sent(newcomer).Single(), 0);
        Assert.IsFalse(old.IsMet);
        newcomer.Receive(Sent(old).Single(), 0);
        CollectionAssert.AreEqual(new[] { typeof(PairCommand.Open), typeof(PairCommand.Offer) }, Kinds(newcomer, out var offer));
        newcomer.Done(offer!, new SessionDescription(SdpType.Offer, "o"));
        old.Receive(Sent(newcomer).Single(), 0);
        CollectionAssert.AreEqual(new[] { typeof(PairCommand.Open), typeof(PairCommand.Accept) }, Kinds(old, out _));
    }

    [TestMethod]
    public void Only_the_impolite_offers_when_both_greet_at_once()
    {
        var (polite, impolite) = (New(polite: true), New(polite: false));
        polite.Greet(0);
        impolite.Greet(0);
        var (first, second) = (Sent(polite).Single(), Sent(impolite).Single());
        polite.Receive(second, 0);
        impolite.Receive(first, 0);
        (first, second) = (Sent(polite).Single(), Sent(impolite).Single());
        polite.Receive(second, 0);
        impolite.Receive(first, 0);
        CollectionAssert.AreEqual(new[] { typeof(PairCommand.Open) }, Kinds(polite, out _));
        CollectionAssert.AreEqual(new[] { typeof(PairCommand.Open), typeof(PairCommand.Offer) }, Kinds(impolite, out _));
    }

    [TestMethod]
    public void Polite_offers_when_the_one_it_gave_way_to_has_begun_anew()
    {
        var (polite, impolite) = (New(polite: true), New(polite: false));
        polite.Greet(0);
        impolite.Greet(0);
        Sent(polite);
        polite.Receive(Sent(impolite).Single(), 0);
        var greeting = Sent(polite).Single();
        impolite.Lost(0);
        Sent(impolite);
        impolite.Receive(greeting, 0);
        polite.Receive(Sent(impolite).Single(), 0);
        CollectionAssert.AreEqual(new[] { typeof(PairCommand.Open), typeof(PairCommand.Offer) }, Kinds(polite, out _));
    }

    [TestMethod]
    public void Impolite_ignores_an_offer_while_its_own_is_pending_and_the_polite_takes_it()
    {
        var (polite, impolite) = Met();
        foreach (var one in new[] { polite, impolite })
        {
            one.NegotiationNeeded(one.Generation);
            Kinds(one, out var offer);
            one.Done(offer!, new SessionDescription(SdpType.Offer, "o"));
        }

        var (theirs, mine) = (Sent(polite).Single(), Sent(impolite).Single());
        impolite.Receive(theirs, 0);
        impolite.Receive(theirs with { Kind = PairSignalKind.Candidate, Candidate = new IceCandidate("candidate:1") }, 0);
        Assert.IsFalse(impolite.TryTake(out _));
        polite.Receive(mine, 0);
        CollectionAssert.AreEqual(new[] { typeof(PairCommand.Accept) }, Kinds(polite, out _));
    }

    [TestMethod]
    public void Signals_of_an_earlier_attempt_are_passed_over()
    {
        var (polite, impolite) = Met();
        impolite.NegotiationNeeded(impolite.Generation);
        Kinds(impolite, out var offer);
        impolite.Done(offer!, new SessionDescription(SdpType.Offer, "late"));
        var late = Sent(impolite).Single();
        polite.Rebuild(0);
        polite.Receive(late, 0);
        Assert.IsTrue(Sent(polite).All(static signal => signal.Kind == PairSignalKind.Hello));
        Assert.IsFalse(polite.IsMet);
    }

    [TestMethod]
    public void New_paths_are_looked_for_when_the_connection_failed_and_a_new_connection_is_made_when_that_fails()
    {
        var (_, impolite) = Met();
        impolite.StateChanged(impolite.Generation, PeerConnectionState.Connected, 1_000);
        Assert.AreEqual(long.MaxValue, impolite.NextTimeout);
        impolite.StateChanged(impolite.Generation, PeerConnectionState.Disconnected, 2_000);
        Assert.AreEqual(7_000, impolite.NextTimeout);
        impolite.StateChanged(impolite.Generation, PeerConnectionState.Connected, 3_000);
        Assert.AreEqual(long.MaxValue, impolite.NextTimeout);
        impolite.StateChanged(impolite.Generation, PeerConnectionState.Failed, 4_000);
        impolite.Timeout(4_000);
        CollectionAssert.AreEqual(new[] { typeof(PairCommand.Restart) }, Kinds(impolite, out _));
        impolite.Timeout(impolite.NextTimeout);
        Assert.AreEqual(PairSignalKind.Hello, Sent(impolite).Single().Kind);
        Assert.IsFalse(impolite.IsMet);
    }

    [TestMethod]
    public void No_two_connections_are_of_the_same_attempts_when_the_other_end_greets_as_a_stranger()
    {
        var (polite, impolite) = Met();
        var before = (impolite.Attempt, impolite.PeerAttempt);

        // It came back without knowing of the connection, and then finds that it has one.
        impolite.Receive(new PairSignal { Kind = PairSignalKind.Hello, Attempt = "stranger" }, 0);
        polite.Receive(Sent(impolite).Single(), 0);
        impolite.Receive(Sent(polite).Single(), 0);
        Kinds(impolite, out var offer);
        impolite.Done(offer!, new SessionDescription(SdpType.Offer, "o"));
        Assert.AreNotEqual(before, (impolite.Attempt, impolite.PeerAttempt));
        polite.Receive(Sent(impolite).Single(), 0);
        CollectionAssert.AreEqual(new[] { typeof(PairCommand.Open), typeof(PairCommand.Accept) }, Kinds(polite, out _));
    }

    [TestMethod]
    public void Offer_that_was_left_out_shows_when_the_other_end_greets_again()
    {
        var (old, newcomer) = (New(polite: false), New(polite: true));
        old.Greet(0);
        newcomer.Greet(0);
        old.Receive(Sent(newcomer).Single(), 0);
        newcomer.Receive(Sent(old)[^1], 0);
        Kinds(newcomer, out var offer);
        newcomer.Done(offer!, new SessionDescription(SdpType.Offer, "lost"));
        Sent(newcomer);

        // Nothing follows the offer: nobody knows, and the newcomer waits for its answer.
        Assert.AreEqual((true, false), (newcomer.IsMet, old.IsMet));
        var later = old.NextTimeout;
        Assert.AreEqual(PairTiming.Default.Hello, later);
        old.Timeout(later);
        newcomer.Receive(Sent(old).Single(), later);
        Assert.AreEqual(PairSignalKind.Hello, Sent(newcomer).Single().Kind, "Its number tells that one is missing.");
        old.Lost(later);
        newcomer.Receive(Sent(old).Single(), later);
        CollectionAssert.AreEqual(new[] { typeof(PairCommand.Open), typeof(PairCommand.Offer) }, Kinds(newcomer, out offer));
        newcomer.Done(offer!, new SessionDescription(SdpType.Offer, "o"));
        old.Receive(Sent(newcomer).Single(), later);
        CollectionAssert.AreEqual(new[] { typeof(PairCommand.Open), typeof(PairCommand.Accept) }, Kinds(old, out _));
    }

    [TestMethod]
    public void Greetings_of_ends_that_have_met_are_not_answered_for_ever()
    {
        var (polite, impolite) = Met();
        polite.Greet(0);
        impolite.Receive(Sent(polite).Single(), 0);
        Assert.IsFalse(impolite.TryTake(out _));
    }

    private PairNegotiator New(bool polite) => new(PairTiming.Default, () => $"attempt{++_attempts}") { IsPolite = polite };

    // Two after their first exchange.
    private (PairNegotiator Polite, PairNegotiator Impolite) Met()
    {
        var (polite, impolite) = (New(polite: true), New(polite: false));
        polite.Greet(0);
        impolite.Receive(Sent(polite).Single(), 0);
        polite.Receive(Sent(impolite).Single(), 0);
        Kinds(polite, out var offer);
        polite.Done(offer!, new SessionDescription(SdpType.Offer, "o"));
        impolite.Receive(Sent(polite).Single(), 0);
        Kinds(impolite, out var accept);
        impolite.Done(accept!, new SessionDescription(SdpType.Answer, "a"));
        polite.Receive(Sent(impolite).Single(), 0);
        Kinds(polite, out var complete);
        polite.Done(complete!, null);
        return (polite, impolite);
    }

    private static List<PairSignal> Sent(PairNegotiator negotiator)
    {
        var sent = new List<PairSignal>();
        while (negotiator.TryTake(out var command))
        {
            sent.Add(((PairCommand.Send)command).Signal);
        }

        return sent;
    }

    private static Type[] Kinds(PairNegotiator negotiator, out PairCommand? last)
    {
        var kinds = new List<Type>();
        last = null;
        while (negotiator.TryTake(out var command))
        {
            kinds.Add(command.GetType());
            last = command;
        }

        return [.. kinds];
    }
}
