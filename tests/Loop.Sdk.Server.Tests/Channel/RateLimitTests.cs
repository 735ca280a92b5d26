using System.Net;
using Loop.Sdk.Server.Tests.Harness;

namespace Loop.Sdk.Server.Tests.Channel;

[TestClass]
public sealed class RateLimitTests
{
    [TestMethod]
    public async Task Calls_of_a_session_over_the_limit_fail_until_time_has_passed()
    {
        await using var host = new MemoryHost(options => options.RateLimits.SessionCalls = new RateLimit(1, 2));
        using var client = await host.OpenAsync();
        await AssertPassesAsync(client, 1, true);
        await AssertPassesAsync(client, 3, true);
        await AssertPassesAsync(client, 5, false);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await AssertPassesAsync(client, 7, true);
        await AssertPassesAsync(client, 9, false);
    }

    [TestMethod]
    public async Task Calls_to_unknown_services_and_methods_count()
    {
        await using var host = new MemoryHost(options => options.RateLimits.SessionCalls = new RateLimit(1, 2));
        using var client = await host.OpenAsync();
        await client.CallAsync(1, 1, service: "test.none/1");
        Assert.AreEqual(ErrorCodes.UnknownService, (await client.ReadAsync()).Error.Code);
        await client.CallAsync(3, 99);
        Assert.AreEqual(ErrorCodes.UnknownMethod, (await client.ReadAsync()).Error.Code);
        await AssertPassesAsync(client, 5, false);
    }

    [TestMethod]
    public async Task Sessions_of_an_address_share_a_limit()
    {
        await using var host = new MemoryHost(options => options.RateLimits.AddressCalls = new RateLimit(1, 2));
        using var first = await host.Connect(IPAddress.Parse("192.0.2.1")).HelloAsync();
        using var mapped = await host.Connect(IPAddress.Parse("::ffff:192.0.2.1")).HelloAsync();
        using var other = await host.Connect(IPAddress.Parse("192.0.2.2")).HelloAsync();
        await AssertPassesAsync(first, 1, true);
        await AssertPassesAsync(mapped, 1, true);
        await AssertPassesAsync(first, 3, false);
        await AssertPassesAsync(other, 1, true);
    }

    [TestMethod]
    public async Task Ipv6_addresses_count_by_their_network()
    {
        await using var host = new MemoryHost(options => options.RateLimits.AddressCalls = new RateLimit(1, 1));
        using var first = await host.Connect(IPAddress.Parse("2001:db8::1")).HelloAsync();
        using var second = await host.Connect(IPAddress.Parse("2001:db8::2")).HelloAsync();
        await AssertPassesAsync(first, 1, true);
        await AssertPassesAsync(second, 1, false);
    }

    [TestMethod]
    public async Task Clients_without_an_address_share_nothing()
    {
        await using var host = new MemoryHost(options => options.RateLimits.AddressCalls = new RateLimit(1, 1));
        using var first = await host.OpenAsync();
        using var second = await host.OpenAsync();
        await AssertPassesAsync(first, 1, true);
        await AssertPassesAsync(second, 1, true);
        await AssertPassesAsync(second, 3, true);
    }

    private static async Task AssertPassesAsync(RawClient client, ulong id, bool passes)
    {
        await client.CallAsync(id, ITestContract.EchoMethod);
        var frame = await client.ReadAsync();
        if (passes)
        {
            Assert.AreEqual("\"x\"", frame.Text);
        }
        else
        {
            Assert.AreEqual(ErrorCodes.RateLimited, frame.Error.Code);
            Assert.IsTrue(frame.Error.Retryable);
        }
    }
}
