using Loop.Sdk.Testing.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.Hosting;

[TestClass]
public sealed class ContainerTests
{
    private readonly World _world = new();

    [TestMethod]
    public async Task The_application_s_own_client_reaches_the_test_host_when_the_container_makes_it()
    {
        await using var host = await Hosts.StartAsync(_world, configure: static options => options.AllowAnonymous = true);
        var services = new ServiceCollection();
        BreakableLink? link = null;
        services.AddLoopClient(options => link = host.Connect(options));
        services.AddLoopService<IProbe>();
        await using var provider = services.BuildServiceProvider();

        Assert.AreEqual("injected", await provider.GetRequiredService<IProbe>().EchoAsync("injected"));
        Assert.AreEqual(1, link!.Connections);
    }

    [TestMethod]
    public async Task Named_clients_are_apart_when_the_container_makes_several()
    {
        await using var host = await Hosts.StartPerSessionAsync(_world);
        var services = new ServiceCollection();
        foreach (var name in new[] { "alice", "bob" })
        {
            services.AddLoopClient(name, options =>
            {
                host.Connect(options);
                options.CredentialsProvider = _ => ValueTask.FromResult<Credentials?>(FakeCredentials.Of(name));
            });
            services.AddLoopService<IProbe>(name);
        }

        await using var provider = services.BuildServiceProvider();

        Assert.AreEqual("alice", await provider.GetRequiredKeyedService<IProbe>("alice").WhoAsync());
        Assert.AreEqual("bob", await provider.GetRequiredKeyedService<IProbe>("bob").WhoAsync());
        Assert.AreNotSame(provider.GetRequiredKeyedService<ChannelClient>("alice"), provider.GetRequiredKeyedService<ChannelClient>("bob"));
    }
}
