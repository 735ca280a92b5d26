using System.Reflection;
using Loop.Sdk.WebRtc.Dtls;

namespace Loop.Sdk.WebRtc.Tests.Dtls;

[TestClass]
public sealed unsafe class OpenSslTests
{
    [TestMethod]
    public void Control_numbers_are_those_of_this_library()
    {
        using var certificate = DtlsPair.Certificate();
        var context = certificate.Context.DangerousGetHandle();
        Assert.AreEqual(OpenSsl.Dtls12, OpenSsl.SSL_CTX_ctrl(context, OpenSsl.CtrlGetMinVersion, 0, null));
        Assert.AreEqual(OpenSsl.Dtls12, OpenSsl.SSL_CTX_ctrl(context, OpenSsl.CtrlGetMaxVersion, 0, null));
        const ulong Wanted = OpenSsl.OptionNoQueryMtu | OpenSsl.OptionNoTicket | OpenSsl.OptionNoRenegotiation | OpenSsl.OptionCipherServerPreference;
        Assert.AreEqual(Wanted, OpenSsl.SSL_CTX_set_options(context, 0) & Wanted);
        Assert.AreEqual(0, OpenSsl.SSL_CTX_ctrl(context, OpenSsl.CtrlSetSessionCacheMode, 0, null), "It says which mode there was: none.");
        Assert.AreEqual(16 * 1024, OpenSsl.SSL_CTX_ctrl(context, OpenSsl.CtrlSetMaxCertificateList, 16 * 1024, null), "It says which limit there was.");
    }

    [TestMethod]
    public void Timer_numbers_are_those_of_this_library()
    {
        using var transport = new DtlsTransport(DtlsRole.Client, DtlsPair.Certificate(), firstTimeout: 700_000_000);
        Assert.AreEqual(long.MaxValue, transport.NextTimeout);

        transport.Start(5);

        Assert.IsTrue(transport.NextTimeout is > 690_000_000 and <= 700_000_005, "The timer is ours, and runs.");
    }

    [TestMethod]
    public void Mtu_number_is_that_of_this_library()
    {
        using var small = new DtlsPair(mtu: 256, firstTimeout: 5_000_000).Connect();
        using var large = new DtlsPair(firstTimeout: 5_000_000).Connect();
        using var server = new DtlsTransport(DtlsRole.Server, DtlsPair.Certificate(), 256);
        server.Receive(ClientHello13.Build(), 0);

        Assert.AreEqual(DtlsState.Connected, small.Server.State);
        Assert.IsTrue(DtlsPair.Output(server, 256).Count > 1, "The flight of the server is cut to fit.");
    }

    [TestMethod]
    public void Library_that_is_absent_is_named_with_what_to_install()
    {
        var error = Assert.ThrowsExactly<PlatformNotSupportedException>(() => OpenSslLibrary.Load(["libssl-of-no-system.so"], null));

        Assert.Contains("libssl-of-no-system.so", error.Message);
        Assert.Contains("apt install libssl3", error.Message);
        Assert.AreEqual(0, OpenSslLibrary.Resolve("another", Assembly.GetExecutingAssembly(), null));
    }
}
