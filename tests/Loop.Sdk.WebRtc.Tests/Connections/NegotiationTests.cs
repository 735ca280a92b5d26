using System.Security.Cryptography;
using Loop.Sdk.WebRtc.Connections;
using Loop.Sdk.WebRtc.Dtls;
using Loop.Sdk.WebRtc.Ice;
using Loop.Sdk.WebRtc.Sdp;
using Loop.Sdk.WebRtc.Tests.Sdp;

namespace Loop.Sdk.WebRtc.Tests.Connections;

[TestClass]
public sealed class NegotiationTests
{
    [TestMethod]
    public void Offer_and_answer_agree_on_roles_and_sizes()
    {
        var (offerer, answerer) = (Make(1), Make(2));

        Exchange(offerer, answerer);

        Assert.AreEqual(SignalingState.Stable, offerer.State);
        Assert.AreEqual(SignalingState.Stable, answerer.State);
        Assert.IsFalse(offerer.Agreed!.IsDtlsClient, "The answerer is active.");
        Assert.IsTrue(answerer.Agreed!.IsDtlsClient);
        Assert.IsTrue(offerer.Agreed.IsOfferer);
        Assert.IsFalse(answerer.Agreed.IsOfferer);
        Assert.AreEqual(262144, offerer.Agreed.MaxMessageSize);
        Assert.IsTrue(offerer.Agreed.RemoteCredentials.IsSame(answerer.Credentials));
        Assert.IsTrue(answerer.Agreed.RemoteCredentials.IsSame(offerer.Credentials));
    }

    [TestMethod]
    public void Offers_of_other_implementations_are_answered_in_their_form()
    {
        foreach (var offer in (string[])[Descriptions.ChromiumOffer, Descriptions.ChromiumMediaOffer, Descriptions.FirefoxOffer, Descriptions.LibDataChannelOffer])
        {
            var answerer = Make(1);
            Assert.IsFalse(answerer.SetRemote(SdpType.Offer, offer));
            Assert.AreEqual(SignalingState.HaveRemoteOffer, answerer.State);
            Assert.IsTrue(answerer.SetLocal(New));

            var offered = SdpParser.Parse(offer);
            var answer = SdpParser.Parse(SdpWriter.Write(answerer.Local!.Value.Description));
            Assert.HasCount(offered.Media.Count, answer.Media);
            Assert.AreEqual(offered.DataIndex, answer.DataIndex);
            Assert.AreEqual(SdpSetup.Active, answer.DataTransport!.Setup);
            CollectionAssert.AreEqual(new[] { answer.Media[answer.DataIndex].Mid }, answer.Bundle.ToArray());
            foreach (var (media, index) in answer.Media.Select(static (media, index) => (media, index)))
            {
                Assert.AreEqual(index != offered.DataIndex, media.IsRejected);
                Assert.AreEqual(offered.Media[index].Mid, media.Mid);
                Assert.AreEqual(offered.Media[index].Protocol, media.Protocol);
            }
        }
    }

    [TestMethod]
    public void Sections_keep_their_places_when_this_end_offers_after_the_peer()
    {
        var answerer = Make(1);
        answerer.SetRemote(SdpType.Offer, Descriptions.ChromiumMediaOffer);
        answerer.SetLocal(New);

        answerer.SetLocal(New);

        var offer = SdpParser.Parse(Text(answerer));
        Assert.HasCount(3, offer.Media);
        Assert.AreEqual(2, offer.DataIndex);
        Assert.AreEqual("2", offer.Media[2].Mid);
        Assert.AreEqual(SdpSetup.ActPass, offer.DataTransport!.Setup);
    }

    [TestMethod]
    public void Offer_is_taken_back_when_it_is_rolled_back()
    {
        var offerer = Make(1);
        offerer.SetLocal(New);

        Assert.IsTrue(offerer.RollBackLocal());

        Assert.AreEqual(SignalingState.Stable, offerer.State);
        Assert.IsNull(offerer.Local);
        Assert.IsFalse(offerer.RollBackLocal());
        Assert.IsTrue(offerer.IsNeeded(hasChannels: true));
    }

    [TestMethod]
    public void Offer_is_taken_back_when_the_peer_offers()
    {
        var (polite, impolite) = (Make(1), Make(2));
        polite.SetLocal(New);
        impolite.SetLocal(New);

        polite.SetRemote(SdpType.Offer, Text(impolite));
        Assert.AreEqual(SignalingState.HaveRemoteOffer, polite.State);
        polite.SetLocal(New);
        Assert.IsTrue(impolite.SetRemote(SdpType.Answer, Text(polite)));

        Assert.IsTrue(impolite.Agreed!.IsOfferer);
        Assert.IsFalse(polite.Agreed!.IsOfferer);
    }

    [TestMethod]
    public void Restart_has_new_credentials_on_both_ends()
    {
        var (first, second) = (Make(1), Make(2));
        Exchange(first, second);
        var (before, otherBefore) = (first.Credentials, second.Credentials);
        second.WantRestart();
        Assert.IsTrue(second.IsNeeded(hasChannels: false));

        Exchange(second, first);

        Assert.IsFalse(first.Credentials.IsSame(before));
        Assert.IsFalse(second.Credentials.IsSame(otherBefore));
        Assert.IsTrue(first.Agreed!.IsDtlsClient == false && second.Agreed!.IsDtlsClient, "The roles of DTLS stay.");
        Assert.IsFalse(second.IsNeeded(hasChannels: true));
    }

    [TestMethod]
    public void Restart_is_still_wanted_when_its_offer_is_rolled_back()
    {
        var (first, second) = (Make(1), Make(2));
        Exchange(first, second);
        var before = first.Credentials;
        first.WantRestart();
        first.SetLocal(New);
        Assert.IsFalse(first.Credentials.IsSame(before));

        first.RollBackLocal();

        Assert.IsTrue(first.Credentials.IsSame(before));
        Assert.IsTrue(first.IsNeeded(hasChannels: true));
    }

    [TestMethod]
    public void Answer_without_an_offer_is_refused()
    {
        var (first, second) = (Make(1), Make(2));
        second.SetLocal(New);

        var error = Assert.ThrowsExactly<LoopException>(() => first.SetRemote(SdpType.Answer, Text(second)));

        Assert.AreEqual(ErrorCodes.InvalidState, error.Code);
    }

    [TestMethod]
    public void Description_that_is_refused_changes_nothing()
    {
        var negotiation = Make(1);
        negotiation.SetLocal(New);
        foreach (var sdp in (string[])["nonsense", "v=0\r\n", Descriptions.ChromiumOffer.Replace("a=ice-pwd:", "a=x:", StringComparison.Ordinal), Descriptions.ChromiumOffer.Replace("sha-256", "sha-1", StringComparison.Ordinal)])
        {
            Assert.AreEqual(ErrorCodes.InvalidDescription, Assert.ThrowsExactly<LoopException>(() => negotiation.SetRemote(SdpType.Offer, sdp)).Code);
            Assert.AreEqual(SignalingState.HaveLocalOffer, negotiation.State);
            Assert.AreEqual(ErrorCodes.InvalidDescription, Assert.ThrowsExactly<LoopException>(() => negotiation.SetRemote(SdpType.Answer, sdp)).Code);
            Assert.AreEqual(SignalingState.HaveLocalOffer, negotiation.State);
        }
    }

    [TestMethod]
    public void Description_of_another_peer_is_refused_when_one_is_agreed_on()
    {
        var (first, second, other) = (Make(1), Make(2), Make(3));
        Exchange(first, second);
        other.SetLocal(New);

        Assert.AreEqual(ErrorCodes.InvalidDescription, Assert.ThrowsExactly<LoopException>(() => first.SetRemote(SdpType.Offer, Text(other))).Code);
        Assert.AreEqual(SignalingState.Stable, first.State);
    }

    private static void Exchange(Negotiation offerer, Negotiation answerer)
    {
        Assert.IsFalse(offerer.SetLocal(New));
        Assert.IsFalse(answerer.SetRemote(SdpType.Offer, Text(offerer)));
        Assert.IsTrue(answerer.SetLocal(New));
        Assert.IsTrue(offerer.SetRemote(SdpType.Answer, Text(answerer)));
    }

    private static string Text(Negotiation negotiation) => SdpWriter.Write(negotiation.Local!.Value.Description);

    private static Negotiation Make(byte certificate) => new(New(), DtlsFingerprint.Of([certificate]), 262144);

    private static IceCredentials New() => IceCredentials.Create(RandomNumberGenerator.Fill);
}
