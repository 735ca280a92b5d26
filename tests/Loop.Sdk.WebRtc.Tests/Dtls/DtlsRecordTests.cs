using System.Diagnostics;
using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Dtls;

namespace Loop.Sdk.WebRtc.Tests.Dtls;

[TestClass]
public sealed class DtlsRecordTests
{
    [TestMethod]
    public void Records_arrive_whole_when_they_are_of_any_size()
    {
        using var pair = new DtlsPair().Connect();
        var random = new SeededRandom(7);
        foreach (var length in (int[])[1, 13, 100, 1147, 1200, 9000, DtlsTransport.MaxPlaintext])
        {
            var message = new byte[length];
            random.Fill(message);

            Assert.IsTrue(pair.Client.Send(message));
            var datagrams = DtlsPair.Output(pair.Client);
            Assert.HasCount(1, datagrams);
            Assert.IsTrue(datagrams[0].Length <= length + DtlsTransport.Overhead);
            pair.Server.Receive(datagrams[0], 0);
            var buffer = new byte[DtlsTransport.MaxPlaintext];
            Assert.AreEqual(length, pair.Server.Read(buffer));
            CollectionAssert.AreEqual(message, buffer[..length]);
            Assert.AreEqual(0, pair.Server.Read(buffer));
        }
    }

    [TestMethod]
    public void Records_share_datagrams_when_they_fit()
    {
        using var pair = new DtlsPair().Connect();
        for (var index = 0; index < 30; index++)
        {
            Assert.IsTrue(pair.Client.Send(new byte[100]));
        }

        var datagrams = DtlsPair.Output(pair.Client, 1200);

        Assert.HasCount(4, datagrams, "Eight records of 137 bytes fit 1 200.");
        foreach (var datagram in datagrams)
        {
            Assert.AreEqual(0, datagram.Length % (100 + DtlsTransport.Overhead));
            pair.Server.Receive(datagram, 0);
            while (pair.Server.Read(new byte[DtlsTransport.MaxPlaintext]) > 0)
            {
                pair.ServerReceived.Add([]);
            }
        }

        Assert.HasCount(30, pair.ServerReceived);
    }

    [TestMethod]
    public void Records_are_passed_over_when_they_are_repeated_or_changed()
    {
        using var pair = new DtlsPair().Connect();
        Assert.IsTrue(pair.Client.Send("once"u8));
        var datagram = DtlsPair.Output(pair.Client)[0];
        var changed = (byte[])datagram.Clone();
        changed[^1] ^= 1;
        var buffer = new byte[DtlsTransport.MaxPlaintext];

        pair.Server.Receive(changed, 0);
        Assert.AreEqual(0, pair.Server.Read(buffer));
        pair.Server.Receive(datagram, 0);
        Assert.AreEqual(4, pair.Server.Read(buffer));
        pair.Server.Receive(datagram, 0);
        Assert.AreEqual(0, pair.Server.Read(buffer));
        Assert.AreEqual(DtlsState.Connected, pair.Server.State);
    }

    [TestMethod]
    public void Records_are_passed_over_when_they_are_too_short_to_be_any()
    {
        using var pair = new DtlsPair().Connect();
        for (var type = 20; type <= 24; type++)
        {
            for (var length = 0; length < 40; length++)
            {
                pair.Server.Receive([(byte)type, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, (byte)type, (byte)length, 0, (byte)length, .. new byte[length]], 0);
                Assert.AreEqual(0, pair.Server.Read(new byte[DtlsTransport.MaxPlaintext]));
                Assert.AreEqual(DtlsState.Connected, pair.Server.State, $"Type {type}, {length} bytes: {pair.Server.FailureDetail}");
            }
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Close_reaches_the_peer_which_answers(bool byClient)
    {
        using var pair = new DtlsPair().Connect();
        var (first, second) = byClient ? (pair.Client, pair.Server) : (pair.Server, pair.Client);

        first.Close();
        first.Close();
        var goodbye = DtlsPair.Output(first);
        Assert.HasCount(1, goodbye);
        second.Receive(goodbye[0], 0);
        _ = second.Read(new byte[DtlsTransport.MaxPlaintext]);

        Assert.AreEqual(DtlsState.Closed, second.State);
        Assert.AreEqual(DtlsFailure.None, second.Failure);
        Assert.HasCount(1, DtlsPair.Output(second), "It answers with its own.");
        Assert.IsFalse(second.Send("late"u8));
        Assert.IsFalse(first.Send("late"u8));
    }

    [TestMethod]
    public void Records_allocate_nothing_when_they_pass()
    {
        using var pair = new DtlsPair().Connect();
        var message = new byte[1150];
        var buffer = new byte[DtlsTransport.MaxPlaintext + DtlsTransport.Overhead];
        Pass(pair, message, buffer, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Pass(pair, message, buffer, 10_000);

        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [TestMethod]
    public void Transports_leave_nothing_behind_when_a_thousand_are_opened_and_closed()
    {
        using var certificate = DtlsPair.Certificate();
        Cycle(certificate, 200);
        var before = Resident();

        Cycle(certificate, 1000);

        // A connection holds some 60 KB in OpenSSL: a leak of one each were 60 MB.
        Assert.IsTrue(Resident() - before < 24 * 1024 * 1024, $"{(Resident() - before) / 1024} KB more than before.");
    }

    private static void Cycle(DtlsCertificate certificate, int count)
    {
        for (var index = 0; index < count; index++)
        {
            using var client = new DtlsTransport(DtlsRole.Client, certificate);
            using var server = new DtlsTransport(DtlsRole.Server, certificate);
            client.Expect([certificate.Fingerprint]);
            server.Expect([certificate.Fingerprint]);
            client.Start(0);
            server.Start(0);
            while (server.State == DtlsState.Handshaking || client.State == DtlsState.Handshaking)
            {
                DtlsPair.Output(client).ForEach(datagram => server.Receive(datagram, 0));
                DtlsPair.Output(server).ForEach(datagram => client.Receive(datagram, 0));
            }

            Assert.AreEqual(DtlsState.Connected, server.State);
            client.Close();
        }
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        process.Refresh();
        return process.PrivateMemorySize64;
    }

    private static void Pass(DtlsPair pair, byte[] message, byte[] buffer, int count)
    {
        for (var index = 0; index < count; index++)
        {
            if (!pair.Client.Send(message) || !pair.Client.TryWrite(buffer, out var written))
            {
                throw new InvalidOperationException();
            }

            pair.Server.Receive(buffer.AsSpan(0, written), 0);
            if (pair.Server.Read(buffer) != message.Length || pair.Server.Read(buffer) != 0)
            {
                throw new InvalidOperationException();
            }
        }
    }
}
