using System.Security.Claims;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Authentication;

[TestClass]
public sealed class AuthenticationTests
{
    [TestMethod]
    public async Task Client_without_credentials_is_refused()
    {
        await using var host = Host();
        await AssertRefusedAsync(host, new Hello());
    }

    [TestMethod]
    public async Task Client_with_a_token_is_who_the_token_says()
    {
        await using var host = Host();
        using var client = await host.OpenAsync(new Hello { Credentials = Issue(host, "alice") });
        Assert.AreEqual("alice", host.Server.Registry.Sessions.Single().PrincipalId);
        Assert.AreEqual("Alice", host.Server.Registry.Sessions.Single().Principal.FindFirst("name")?.Value);
        Assert.AreEqual(630_000L, client.Welcome.ExpiresInMs);
    }

    [TestMethod]
    public async Task Unknown_tokens_are_refused_and_not_logged()
    {
        await using var host = Host();
        await AssertRefusedAsync(host, new Hello { Credentials = Credentials.Bearer("not-a-token") });
        await AssertRefusedAsync(host, new Hello { Credentials = new Credentials("basic", "dXNlcg==") });
        Assert.IsFalse(host.Logs.Entries.Any(static entry => entry.Contains("not-a-token", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Expired_token_is_refused()
    {
        await using var host = Host();
        var credentials = Issue(host, "alice");
        host.Time.Advance(TimeSpan.FromMinutes(11));
        await AssertRefusedAsync(host, new Hello { Credentials = credentials });
    }

    [TestMethod]
    public async Task Wrong_credentials_are_refused_even_where_anonymous_clients_are_not()
    {
        await using var host = Host(anonymous: true);
        await AssertRefusedAsync(host, new Hello { Credentials = Credentials.Bearer("nonsense") });
        using var client = await host.OpenAsync();
        Assert.AreEqual("", host.Server.Registry.Sessions.Single().PrincipalId);
    }

    [TestMethod]
    public async Task User_of_the_host_needs_no_token()
    {
        await using var host = Host();
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "bob")], "Cookies"));
        using var client = await host.Connect(user: user, userExpiresAt: host.Time.GetUtcNow() + TimeSpan.FromMinutes(1)).HelloAsync();
        Assert.AreEqual("bob", host.Server.Registry.Sessions.Single().PrincipalId);
        Assert.AreEqual(60_000L, client.Welcome.ExpiresInMs);
    }

    [TestMethod]
    public async Task Resume_by_another_principal_gives_a_new_session()
    {
        await using var host = Host();
        using var alice = await host.OpenAsync(new Hello { Credentials = Issue(host, "alice") });
        using var mallory = await host.OpenAsync(alice.ResumeHello(0) with { Credentials = Issue(host, "mallory") });
        Assert.IsFalse(mallory.Welcome.Resumed);
        await alice.CallAsync(1, ITestContract.EchoMethod);
        Assert.AreEqual("\"x\"", (await alice.ReadAsync()).Text);
    }

    [TestMethod]
    public async Task Client_is_warned_before_its_credentials_expire_and_ended_after()
    {
        await using var host = Host();
        using var client = await host.OpenAsync(new Hello { Credentials = Issue(host, "alice") });
        await PassAsync(host, client, TimeSpan.FromSeconds(560));
        host.Time.Advance(TimeSpan.FromSeconds(15));
        var warning = (await client.ReadAsync()).AuthResult;
        Assert.IsFalse(warning.Accepted);
        Assert.IsTrue(warning.ExpiresInMs is > 0 and <= 60_000);
        await PassAsync(host, client, TimeSpan.FromSeconds(40));
        host.Time.Advance(TimeSpan.FromSeconds(16));
        var goAway = await client.ReadGoAwayAsync();
        Assert.AreEqual(ErrorCodes.Unauthenticated, goAway.Code);
        Assert.AreEqual(Verdict.Reconnect, goAway.Verdict);
    }

    [TestMethod]
    public async Task Renewed_credentials_let_the_session_go_on()
    {
        await using var host = Host();
        using var client = await host.OpenAsync(new Hello { Credentials = Issue(host, "alice") });
        await PassAsync(host, client, TimeSpan.FromSeconds(540));
        await client.SendAsync(ControlFrames.Write(Issue(host, "alice")));
        var result = (await client.ReadAsync()).AuthResult;
        Assert.IsTrue(result.Accepted);
        Assert.AreEqual(630_000L, result.ExpiresInMs);
        await PassAsync(host, client, TimeSpan.FromSeconds(200));
        await client.CallAsync(1, ITestContract.EchoMethod);
        Assert.AreEqual("\"x\"", (await client.ReadAsync()).Text);
    }

    [TestMethod]
    public async Task Wrong_new_credentials_leave_the_old_ones_as_they_are()
    {
        await using var host = Host();
        using var client = await host.OpenAsync(new Hello { Credentials = Issue(host, "alice") });
        await client.SendAsync(ControlFrames.Write(Credentials.Bearer("nonsense")));
        var result = (await client.ReadAsync()).AuthResult;
        Assert.IsFalse(result.Accepted);
        Assert.AreEqual(630_000L, result.ExpiresInMs);
    }

    [TestMethod]
    public async Task Credentials_of_somebody_else_end_the_session()
    {
        await using var host = Host();
        using var client = await host.OpenAsync(new Hello { Credentials = Issue(host, "alice") });
        await client.SendAsync(ControlFrames.Write(Issue(host, "bob")));
        var goAway = await client.ReadGoAwayAsync();
        Assert.AreEqual(ErrorCodes.PrincipalChanged, goAway.Code);
        Assert.AreEqual(Verdict.Reconnect, goAway.Verdict);
        await host.Accepted;
        Assert.AreEqual(0, host.Server.Registry.Count);
    }

    [TestMethod]
    public async Task Validator_that_fails_refuses_for_now()
    {
        await using var host = new MemoryHost(
            build: static builder => builder.AddContract<ITestContract>(new TestHandler()).AddCredentialValidator<BrokenValidator>(), anonymous: false);
        using var client = host.Connect();
        await client.SendAsync(ControlFrames.Write(new Hello { Credentials = Credentials.Bearer("x") }));
        var goAway = await client.ReadGoAwayAsync();
        Assert.AreEqual(ErrorCodes.Unavailable, goAway.Code);
        Assert.AreEqual(Verdict.Reconnect, goAway.Verdict);
    }

    [TestMethod]
    public async Task Oldest_absent_session_of_a_principal_makes_room()
    {
        await using var host = Host(options => options.Limits.MaxSessionsPerPrincipal = 2);
        using var first = await host.OpenAsync(new Hello { Credentials = Issue(host, "alice") });
        var accepted = host.Accepted;
        first.Cut();
        await accepted;
        using var second = await host.OpenAsync(new Hello { Credentials = Issue(host, "alice") });
        using var third = await host.OpenAsync(new Hello { Credentials = Issue(host, "alice") });
        Assert.AreEqual(2, host.Server.Registry.Count);
        using var fourth = host.Connect();
        await fourth.SendAsync(ControlFrames.Write(new Hello { Credentials = Issue(host, "alice") }));
        Assert.AreEqual(ErrorCodes.ResourceExhausted, (await fourth.ReadGoAwayAsync()).Code);
    }

    private static MemoryHost Host(Action<LoopServerOptions>? configure = null, bool anonymous = false) => new(
        configure,
        static builder => builder.AddContract<ITestContract>(new TestHandler()).AddTokenIssuer(static options => options.Lifetime = TimeSpan.FromMinutes(10)),
        anonymous);

    private static Credentials Issue(MemoryHost host, string principalId) =>
        host.Services.GetRequiredService<LoopTokenIssuer>().Issue(principalId, [new Claim("name", "Alice")]).ToCredentials();

    // The client's pings keep the connection while time goes by.
    private static async Task PassAsync(MemoryHost host, RawClient client, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(10))
        {
            host.Time.Advance(TimeSpan.FromSeconds(10));
            var frame = passed + TimeSpan.FromSeconds(10) < time ? FrameWriter.Create(FrameKind.Ping, 1, 0) : [];
            if (frame.Length > 0)
            {
                await client.SendAsync(frame);
                Assert.AreEqual(FrameKind.Pong, (await client.ReadAsync()).Kind);
            }
        }
    }

    private static async Task AssertRefusedAsync(MemoryHost host, Hello hello)
    {
        using var client = host.Connect();
        await client.SendAsync(ControlFrames.Write(hello));
        var goAway = await client.ReadGoAwayAsync();
        Assert.AreEqual(ErrorCodes.Unauthenticated, goAway.Code);
        Assert.AreEqual(Verdict.Stop, goAway.Verdict);
    }
}
