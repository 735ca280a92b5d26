using Loop.Sdk.Presence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Tests.Presence;

[TestClass]
public sealed class PresenceOptionsTests
{
    private static ChannelClientOptions Channel(Action<PresenceClientOptions> configure)
    {
        var options = new ChannelClientOptions { Endpoint = new Uri("ws://localhost/loop") };
        options.UsePresence(configure);
        return options;
    }

    [TestMethod]
    [DataRow(0, 600, 256, 1000)]
    [DataRow(300, 300, 256, 1000)]
    [DataRow(300, 200, 256, 1000)]
    [DataRow(3_000_000, 6_000_000, 256, 1000)]
    [DataRow(300, 600, 0, 1000)]
    [DataRow(300, 600, 100_001, 1000)]
    [DataRow(300, 600, 256, -1)]
    public void Values_out_of_range_are_refused_when_the_channel_is_made(int awaySeconds, int unavailableSeconds, int waiting, int remembered)
    {
        var options = Channel(options =>
        {
            (options.AwayAfter, options.UnavailableAfter) = (TimeSpan.FromSeconds(awaySeconds), TimeSpan.FromSeconds(unavailableSeconds));
            (options.MaxWaitingNotifications, options.RememberedNotifications) = (waiting, remembered);
        });
        Assert.ThrowsExactly<OptionsValidationException>(() => ChannelClient.Create(options));
    }

    [TestMethod]
    public async Task Never_is_a_time_to_wait_for()
    {
        await using var client = ChannelClient.Create(Channel(static options => (options.AwayAfter, options.UnavailableAfter) = (Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)));
        var presence = client.Presence;
        Assert.AreSame(presence, client.Presence);
        Assert.AreEqual(ChannelState.Disconnected, client.State);
    }

    [TestMethod]
    public async Task Container_gives_the_presence_of_its_channel()
    {
        await using var services = new ServiceCollection()
            .AddLoopClient(static options => options.Endpoint = new Uri("ws://localhost/loop"))
            .AddLoopPresence(static options => options.AwayAfter = TimeSpan.FromMinutes(1))
            .AddLoopClient("other", static options => options.Endpoint = new Uri("ws://localhost/other"))
            .AddLoopPresence("other")
            .BuildServiceProvider();
        Assert.AreSame(services.GetRequiredService<ChannelClient>().Presence, services.GetRequiredService<PresenceClient>());
        Assert.AreSame(services.GetRequiredKeyedService<ChannelClient>("other").Presence, services.GetRequiredKeyedService<PresenceClient>("other"));
        Assert.AreNotSame(services.GetRequiredService<PresenceClient>(), services.GetRequiredKeyedService<PresenceClient>("other"));
    }
}
