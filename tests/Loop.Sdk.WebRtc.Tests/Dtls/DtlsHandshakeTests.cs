using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Loop.Sdk.WebRtc.Dtls;

namespace Loop.Sdk.WebRtc.Tests.Dtls;

[TestClass]
public sealed class DtlsHandshakeTests
{
    private const int TlsRsaKey = 6;

    private static bool IsNightly => Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1";

    [TestMethod]
    public void Handshake_takes_four_datagrams_when_nothing_is_lost()
    {
        using var pair = new DtlsPair(firstTimeout: 5_000_000).Connect();

        Assert.AreEqual(4, pair.Datagrams);
        Assert.IsTrue(pair.LongestDatagram <= DtlsTransport.DefaultMtu);
        Assert.IsTrue(pair.Client.UsesExtendedMasterSecret && pair.Server.UsesExtendedMasterSecret);
        Assert.AreEqual(long.MaxValue, pair.Client.NextTimeout);
        Assert.AreEqual(long.MaxValue, pair.Server.NextTimeout);
    }

    [TestMethod]
    public void Handshake_completes_when_datagrams_are_lost_doubled_and_reordered()
    {
        for (var seed = 0; seed < (IsNightly ? 2000 : 60); seed++)
        {
            using var pair = new DtlsPair(seed) { LossPercent = 15, DuplicatePercent = 20, Reorders = true }.Connect();

            Assert.AreEqual(DtlsState.Connected, pair.Client.State, $"Seed {seed}: {pair.Client.FailureDetail}");
            Assert.AreEqual(DtlsState.Connected, pair.Server.State, $"Seed {seed}: {pair.Server.FailureDetail}");
        }
    }

    [TestMethod]
    public void Handshake_fits_small_datagrams_when_the_mtu_is_small()
    {
        using var pair = new DtlsPair(mtu: 300).Connect();

        Assert.AreEqual(DtlsState.Connected, pair.Server.State);
    }

    [TestMethod]
    public void Handshake_times_out_when_the_peer_is_silent()
    {
        using var pair = new DtlsPair { LossPercent = 100 };
        pair.Server.Close();

        using var lonely = new DtlsTransport(DtlsRole.Client, DtlsPair.Certificate(), firstTimeout: 1);
        lonely.Start(0);
        while (lonely.State == DtlsState.Handshaking)
        {
            lonely.Timeout(lonely.NextTimeout);
        }

        Assert.AreEqual(DtlsFailure.TimedOut, lonely.Failure);
        Assert.AreEqual(long.MaxValue, lonely.NextTimeout);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Handshake_fails_and_sends_an_alert_when_the_fingerprint_is_wrong(bool atClient)
    {
        using var pair = new DtlsPair(verifies: false);
        pair.Client.Expect([atClient ? DtlsPair.ClientFingerprint : DtlsPair.ServerFingerprint]);
        pair.Server.Expect([atClient ? DtlsPair.ClientFingerprint : DtlsPair.ServerFingerprint]);
        pair.Connect();

        var (refusing, refused) = atClient ? (pair.Client, pair.Server) : (pair.Server, pair.Client);
        Assert.AreEqual(DtlsFailure.WrongFingerprint, refusing.Failure);
        Assert.AreEqual(DtlsState.Failed, refusing.State);
        Assert.AreEqual(DtlsFailure.Protocol, refused.Failure, "The alert tells the peer.");
        Assert.Contains("bad certificate", refused.FailureDetail!);
        Assert.IsFalse(refusing.Send("data"u8));
    }

    [TestMethod]
    public void Handshake_waits_for_the_fingerprint_when_it_comes_late()
    {
        using var pair = new DtlsPair(verifies: false);
        pair.Client.Expect([DtlsPair.ServerFingerprint]);
        pair.Client.Start(DtlsPair.Now());
        pair.RunUntil(() => pair.Client.State == DtlsState.Connected);
        Assert.AreEqual(DtlsState.Unverified, pair.Server.State);
        Assert.IsTrue(pair.Client.Send("early"u8));
        pair.Pump();
        Assert.IsFalse(pair.Server.Send("unverified"u8));
        Assert.IsEmpty(pair.ServerReceived);

        pair.Server.Expect([DtlsPair.ClientFingerprint]);
        var buffer = new byte[DtlsTransport.MaxPlaintext];

        Assert.AreEqual(DtlsState.Connected, pair.Server.State);
        Assert.AreEqual("early"u8.Length, pair.Server.Read(buffer), "What came early is kept.");
        Assert.AreEqual(0, pair.Server.Read(buffer));
    }

    [TestMethod]
    public void Handshake_fails_when_the_late_fingerprint_is_wrong()
    {
        using var pair = new DtlsPair(verifies: false);
        pair.Client.Expect([DtlsPair.ServerFingerprint]);
        pair.Client.Start(DtlsPair.Now());
        pair.RunUntil(() => pair.Client.State == DtlsState.Connected);
        Assert.IsTrue(pair.Client.Send("early"u8));
        pair.Pump();

        pair.Server.Expect([DtlsPair.ServerFingerprint]);
        pair.Pump();

        Assert.AreEqual(DtlsFailure.WrongFingerprint, pair.Server.Failure);
        Assert.AreEqual(0, pair.Server.Read(new byte[DtlsTransport.MaxPlaintext]));
        Assert.AreEqual(DtlsState.Closed, pair.Client.State, "The handshake is over, so the peer is told with a close.");
    }

    [TestMethod]
    public void Handshake_takes_a_peer_whose_certificate_is_of_rsa()
    {
        using var key = RSA.Create(2048);
        using var self = new CertificateRequest("CN=peer", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = DtlsCertificate.Create(self.RawData, key.ExportRSAPrivateKey(), TlsRsaKey, DateTimeOffset.UtcNow.AddDays(1));
        using var ours = DtlsPair.Certificate();
        foreach (var role in new[] { DtlsRole.Client, DtlsRole.Server })
        {
            using var peer = new DtlsTransport(role, certificate);
            using var transport = new DtlsTransport(role == DtlsRole.Client ? DtlsRole.Server : DtlsRole.Client, ours);
            peer.Expect([ours.Fingerprint]);
            transport.Expect([certificate.Fingerprint]);
            peer.Start(0);
            transport.Start(0);
            while (peer.State == DtlsState.Handshaking || transport.State == DtlsState.Handshaking)
            {
                DtlsPair.Output(peer).ForEach(datagram => transport.Receive(datagram, 0));
                DtlsPair.Output(transport).ForEach(datagram => peer.Receive(datagram, 0));
            }

            Assert.AreEqual(DtlsState.Connected, transport.State, transport.FailureDetail);
            Assert.AreEqual(DtlsState.Connected, peer.State, peer.FailureDetail);
        }
    }

    [TestMethod]
    public void Server_answers_with_1_2_when_the_client_offers_1_3_too()
    {
        using var server = new DtlsTransport(DtlsRole.Server, DtlsPair.Certificate());
        server.Receive(ClientHello13.Build(), 0);

        var answer = DtlsPair.Output(server)[0];

        Assert.AreEqual(DtlsState.Handshaking, server.State);
        Assert.AreEqual(2, answer[13], "A server hello.");
        CollectionAssert.AreEqual(new byte[] { 0xFE, 0xFD }, answer[25..27]);
    }
}
