using System.Net;
using Loop.Sdk.Server.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Loop.Sdk.Server.Tests.Channel;

[TestClass]
public sealed class EndpointTests
{
    [TestMethod]
    public async Task Call_is_answered_over_a_real_web_server()
    {
        await using var host = await WebHost.StartAsync();
        using var client = await (await host.ConnectAsync()).HelloAsync();
        await client.CallAsync(1, ITestContract.EchoMethod, "\"hi\"", serviceId: client.Welcome.Services[ITestContract.Name]);
        var answer = await client.ReadAsync();
        Assert.AreEqual("\"hi\"", answer.Text);
    }

    [TestMethod]
    public async Task Call_is_answered_over_http_2()
    {
        await using var host = await WebHost.StartAsync(protocols: HttpProtocols.Http2);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var client = await host.ConnectAsync(
            options =>
            {
                options.HttpVersion = HttpVersion.Version20;
                options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            },
            invoker);
        await client.HelloAsync();
        await client.CallAsync(1, ITestContract.EchoMethod, "\"hi\"");
        Assert.AreEqual("\"hi\"", (await client.ReadAsync()).Text);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("loop.v0")]
    public async Task Other_subprotocols_are_refused(string? subprotocol)
    {
        await using var host = await WebHost.StartAsync();
        var (status, body) = await host.RefusedAsync(subprotocol: subprotocol);
        Assert.AreEqual(HttpStatusCode.BadRequest, status);
        StringAssert.Contains(body, ErrorCodes.UnsupportedProtocol);
    }

    [TestMethod]
    public async Task Request_without_a_web_socket_is_refused()
    {
        await using var host = await WebHost.StartAsync();
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(host.HttpAddress, "/loop"));
        Assert.AreEqual(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [TestMethod]
    public async Task Pages_of_other_origins_are_refused()
    {
        await using var host = await WebHost.StartAsync(options => options.AllowedOrigins.Add("https://app.example"));
        var (status, body) = await host.RefusedAsync("https://evil.example");
        Assert.AreEqual(HttpStatusCode.Forbidden, status);
        StringAssert.Contains(body, ErrorCodes.OriginNotAllowed);
        Assert.AreEqual(HttpStatusCode.Forbidden, (await host.RefusedAsync("null")).Status);
        Assert.AreEqual(HttpStatusCode.Forbidden, (await host.RefusedAsync("https://app.example.evil.example")).Status);
    }

    [TestMethod]
    public async Task Pages_of_the_own_and_of_listed_origins_may_connect()
    {
        await using var host = await WebHost.StartAsync(options => options.AllowedOrigins.Add("https://app.example"));
        foreach (var origin in new[] { "https://app.example", host.HttpAddress.GetLeftPart(UriPartial.Authority) })
        {
            using var client = await host.ConnectAsync(options => options.SetRequestHeader("Origin", origin));
            await client.HelloAsync();
        }
    }

    [TestMethod]
    public async Task Connections_over_the_limit_of_an_address_are_refused()
    {
        await using var host = await WebHost.StartAsync(options => options.RateLimits.AddressConnections = new RateLimit(0.001, 1));
        using var first = await host.ConnectAsync();
        var (status, body) = await host.RefusedAsync();
        Assert.AreEqual(HttpStatusCode.TooManyRequests, status);
        StringAssert.Contains(body, ErrorCodes.RateLimited);
    }

    [TestMethod]
    public async Task Server_that_drains_takes_no_connections()
    {
        await using var host = await WebHost.StartAsync();
        host.Server.BeginDrain();
        var (status, body) = await host.RefusedAsync();
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, status);
        StringAssert.Contains(body, ErrorCodes.Draining);
        using var client = new HttpClient();
        using var health = await client.GetAsync(new Uri(host.HttpAddress, "/health"));
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, health.StatusCode);
    }

    [TestMethod]
    public async Task Health_is_degraded_when_sessions_run_out()
    {
        await using var host = await WebHost.StartAsync(options => options.Limits.MaxSessions = 1);
        using var client = new HttpClient();
        Assert.AreEqual("Healthy", await client.GetStringAsync(new Uri(host.HttpAddress, "/health")));
        using var session = await (await host.ConnectAsync()).HelloAsync();
        Assert.AreEqual("Degraded", await client.GetStringAsync(new Uri(host.HttpAddress, "/health")));
    }

    [TestMethod]
    public async Task Shutdown_tells_clients_and_waits_for_their_calls()
    {
        await using var host = await WebHost.StartAsync();
        using var idle = await (await host.ConnectAsync()).HelloAsync();
        using var busy = await (await host.ConnectAsync()).HelloAsync();
        await busy.CallAsync(1, ITestContract.WaitMethod);
        await host.Handler.Waiting;
        var stopping = host.StopAsync();
        Assert.AreEqual(ErrorCodes.Draining, (await busy.ReadAsync()).GoAway.Code);
        Assert.AreEqual(ErrorCodes.Draining, (await idle.ReadAsync()).GoAway.Code);
        host.Handler.Answer("late");
        Assert.AreEqual("\"late\"", (await busy.ReadAsync()).Text);
        await idle.ReadToEndAsync();
        await busy.ReadToEndAsync();
        await stopping;
        Assert.AreEqual(0, host.Server.Registry.Count);
    }
}
