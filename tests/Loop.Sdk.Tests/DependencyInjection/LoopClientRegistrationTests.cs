using Loop.Sdk.Rooms;
using Loop.Sdk.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Tests.DependencyInjection;

[TestClass]
public sealed class LoopClientRegistrationTests
{
    private readonly ScriptedServer _server = new(TimeProvider.System);

    [TestMethod]
    public async Task Contract_is_injected_and_announced()
    {
        await using var provider = new ServiceCollection().AddLogging().AddLoopService<IDemo>().AddLoopClient(Configure).BuildServiceProvider();

        var call = provider.GetRequiredService<IDemo>().EchoAsync("injected");
        var served = await _server.ServeAsync();

        Assert.AreEqual("injected", await call.Soon());
        Assert.IsTrue(served.Hello.Services.SequenceEqual(["tests.demo/1"]));
        Assert.AreSame(provider.GetRequiredService<ChannelClient>(), provider.GetRequiredService<ChannelClient>());
    }

    [TestMethod]
    public async Task Registered_contract_is_announced_before_it_is_used()
    {
        await using var provider = new ServiceCollection().AddLoopClient(Configure).AddLoopService<IDemo>().BuildServiceProvider();

        _ = provider.GetRequiredService<ChannelClient>().ConnectAsync();
        var served = await _server.ServeAsync();

        Assert.IsTrue(served.Hello.Services.SequenceEqual(["tests.demo/1"]));
    }

    [TestMethod]
    public async Task Named_clients_are_apart()
    {
        await using var provider = new ServiceCollection()
            .AddLoopClient("one", Configure)
            .AddLoopClient("two", Configure)
            .AddLoopService<IDemo>("two")
            .BuildServiceProvider();

        var one = provider.GetRequiredKeyedService<ChannelClient>("one");
        var two = provider.GetRequiredKeyedService<ChannelClient>("two");

        Assert.AreNotSame(one, two);
        Assert.AreSame(two.Service<IDemo>(), provider.GetRequiredKeyedService<IDemo>("two"));
        Assert.IsNull(provider.GetService<ChannelClient>());
    }

    [TestMethod]
    public async Task Client_is_disposed_of_with_the_container()
    {
        ChannelClient client;
        var provider = new ServiceCollection().AddLoopClient(Configure).BuildServiceProvider();
        await using (provider)
        {
            client = provider.GetRequiredService<ChannelClient>();
        }

        await Fixture.FailsAsync(client.ConnectAsync(), ErrorCodes.Closed);
    }

    [TestMethod]
    public void Client_is_disposed_of_with_a_container_that_does_not_wait()
    {
        ChannelClient client;
        using (var provider = new ServiceCollection().AddLoopClient(Configure).BuildServiceProvider())
        {
            client = provider.GetRequiredService<ChannelClient>();
        }

        Assert.AreEqual(ChannelState.Closed, client.State);
    }

    [TestMethod]
    public async Task Unsound_options_are_refused_when_the_host_starts()
    {
        await using var provider = new ServiceCollection().AddLoopClient("bad", static options => options.OfflineQueueLimit = -1).BuildServiceProvider();

        var error = Assert.ThrowsExactly<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);

        Assert.AreEqual("bad", error.OptionsName);
        Assert.HasCount(2, error.Failures.ToList());
    }

    [TestMethod]
    public async Task Rooms_are_injected_checked_and_announced()
    {
        await using var provider = new ServiceCollection().AddLoopClient(Configure).AddLoopRooms(static rooms => rooms.DisplayName = "Ada").BuildServiceProvider();

        _ = provider.GetRequiredService<ChannelClient>().ConnectAsync();
        var served = await _server.ServeAsync();

        Assert.IsTrue(served.Hello.Services.SequenceEqual(["loop.rooms/1", "loop.timeline/1", "loop.webrtc/1"]));
        Assert.AreSame(provider.GetRequiredService<ChannelClient>().Rooms, provider.GetRequiredService<RoomsClient>());
        var unsound = new ServiceCollection().AddLoopClient("bad", Configure).AddLoopRooms("bad", static rooms => rooms.DisplayName = "\u202E").BuildServiceProvider();
        await using (unsound)
        {
            var error = Assert.ThrowsExactly<OptionsValidationException>(unsound.GetRequiredService<IStartupValidator>().Validate);
            Assert.Contains("DisplayName", error.Message);
        }
    }

    [TestMethod]
    public async Task Rooms_are_disposed_of_with_a_container_that_does_not_wait()
    {
        RoomsClient rooms;
        using (var provider = new ServiceCollection().AddLoopClient("one", Configure).AddLoopRooms("one", static _ => { }).BuildServiceProvider())
        {
            rooms = provider.GetRequiredKeyedService<RoomsClient>("one");
        }

        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => rooms.GetOwnedAsync("token"));
    }

    private void Configure(ChannelClientOptions options)
    {
        options.Endpoint = new Uri("ws://server.test/loop");
        options.Transport = _server;
    }
}
