using Loop.Sdk.Tests.Harness;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Tests.Channels;

[TestClass]
public sealed class OptionsTests
{
    [TestMethod]
    public async Task Defaults_with_an_endpoint_are_sound()
    {
        var options = new ChannelClientOptions { Endpoint = new Uri("wss://loop.test/channel") };

        await using var client = ChannelClient.Create(options);

        Assert.AreEqual(ChannelState.Disconnected, client.State);
    }

    [TestMethod]
    [DataRow("http://loop.test/", "ws://")]
    [DataRow("/loop", "absolute")]
    [DataRow("ws://user:secret@loop.test/", "credentials")]
    [DataRow("ws://loop.test/#part", "fragment")]
    public void Unsound_endpoint_is_refused(string endpoint, string reason) =>
        Refused(options => options.Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute), reason);

    [TestMethod]
    public void Every_unsound_setting_is_refused()
    {
        Refused(options => options.Endpoint = null, "Endpoint");
        Refused(options => options.HttpVersion = new Version(3, 0), "HttpVersion");
        Refused(options => options.HttpVersionPolicy = (HttpVersionPolicy)9, "HttpVersionPolicy");
        Refused(options => options.CallTimeout = TimeSpan.Zero, "CallTimeout");
        Refused(options => options.ConnectTimeout = Timeout.InfiniteTimeSpan, "ConnectTimeout");
        Refused(options => options.OfflineQueueLimit = -1, "OfflineQueueLimit");
        Refused(options => options.TimeProvider = null!, "TimeProvider");
        Refused(options => options.UnixSocketPath = "", "UnixSocketPath");
        Refused(options => options.Reconnect = null!, "Reconnect");
        Refused(options => options.Reconnect.InitialDelay = TimeSpan.FromMinutes(1), "InitialDelay");
        Refused(options => options.Reconnect.MaxDelay = TimeSpan.FromDays(2), "MaxDelay");
        Refused(options => options.Reconnect.Multiplier = double.NaN, "Multiplier");
    }

    [TestMethod]
    public async Task Later_changes_have_no_effect()
    {
        ChannelClientOptions? kept = null;
        await using var fixture = new Fixture(options => kept = options);

        kept!.OfflineQueueLimit = 0;
        var call = fixture.Demo.EchoAsync("queued");
        await fixture.Server.ServeAsync();

        Assert.AreEqual("queued", await call.Soon());
    }

    private static void Refused(Action<ChannelClientOptions> configure, string reason)
    {
        var options = new ChannelClientOptions { Endpoint = new Uri("wss://loop.test/channel") };
        configure(options);
        var error = Assert.ThrowsExactly<OptionsValidationException>(() => ChannelClient.Create(options));
        Assert.Contains(reason, error.Message);
    }
}
