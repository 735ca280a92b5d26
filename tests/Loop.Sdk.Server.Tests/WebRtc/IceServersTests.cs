using System.Globalization;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Server.Tests.WebRtc.Harness;
using Loop.Sdk.Server.WebRtc;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Tests.WebRtc;

[TestClass]
public sealed class IceServersTests
{
    public static IEnumerable<object[]> OutOfRange =>
    [
        [new Action<WebRtcOptions>(static options => options.CredentialLifetime = TimeSpan.FromSeconds(59))],
        [new Action<WebRtcOptions>(static options => options.CredentialLifetime = TimeSpan.FromHours(25))],
        [new Action<WebRtcOptions>(static options => options.MaxSignal = 1023)],
        [new Action<WebRtcOptions>(static options => options.MaxWaitingSignals = 15)],
        [new Action<WebRtcOptions>(static options => options.MaxWaitingBytes = 0)],
        [new Action<WebRtcOptions>(static options => options.SignalRate = new RateLimit(0, 1))],
        [new Action<WebRtcOptions>(static options => options.MaxRelaysPerSession = -1)],
        [new Action<WebRtcOptions>(static options => options.RelayWait = TimeSpan.Zero)],
        [new Action<WebRtcOptions>(static options => options.IceServers.Add(new IceServerOptions()))],
        [new Action<WebRtcOptions>(static options => options.IceServers.Add(Server("https://turn.example")))],
        [new Action<WebRtcOptions>(static options => options.IceServers.Add(Server("turn:turn.example")))],
        [new Action<WebRtcOptions>(static options => options.IceServers.Add(Server("stun:stun.example", new TurnSecret("north"))))],
        [new Action<WebRtcOptions>(static options => options.IceServers.Add(Server("turn:turn.example", new TurnSecret(""))))],
        [new Action<WebRtcOptions>(static options => options.IceServers.Add(Server("turn:turn.example", new TurnSecret("north", DateTimeOffset.UnixEpoch))))],
        [new Action<WebRtcOptions>(static options => options.IceServers.Add(Server("turn:turn.example", new("a"), new("b"), new("c"))))],
    ];

    [TestMethod]
    public void Password_is_that_of_the_scheme() =>
        Assert.AreEqual("Cd/49soE35ICqcJF/bCTn8Z4OyE=", TurnCredentials.Password("north", TurnCredentials.Username(1_700_000_000, "alice")));

    [TestMethod]
    public async Task Credentials_are_the_callers_own_and_expire()
    {
        await using var world = await PeersWorld.StartAsync(static options =>
        {
            options.IceServers.Add(Server("stun:stun.example:3478"));
            options.IceServers.Add(Server("turn:turn.example:3478?transport=udp", new TurnSecret("north")));
        });
        var list = await world.Bob.Peers.IceServersAsync(world.Bob.Room);
        Assert.AreEqual((2, 3600), (list.Servers.Count, list.Ttl));
        Assert.IsNull(list.Servers[0].Username);
        var expiry = world.World.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        Assert.AreEqual($"{expiry.ToString(CultureInfo.InvariantCulture)}:bob", list.Servers[1].Username);
        Assert.AreEqual(TurnCredentials.Password("north", list.Servers[1].Username!), list.Servers[1].Credential);
        Assert.DoesNotContain(list.Servers[1].Credential!, list.Servers[1].ToString());
    }

    [TestMethod]
    public async Task Second_secret_is_used_once_its_time_has_come()
    {
        var change = new DateTimeOffset(2030, 1, 1, 1, 0, 0, TimeSpan.Zero);
        await using var world = await PeersWorld.StartAsync(options => options.IceServers.Add(Server("turns:turn.example:443?transport=tcp", new("old"), new("new", change))));
        await IsSealedWithAsync("old");
        await world.World.PassUntilAsync(() => Task.FromResult(world.World.Clock.GetUtcNow() >= change), world.Bob.User, world.Ada.User);
        await IsSealedWithAsync("new");

        async Task IsSealedWithAsync(string secret)
        {
            var server = (await world.Bob.Peers.IceServersAsync(world.Bob.Room)).Servers[0];
            Assert.AreEqual(TurnCredentials.Password(secret, server.Username!), server.Credential);
        }
    }

    [TestMethod]
    public async Task Fixed_users_are_told_as_they_are()
    {
        await using var world = await PeersWorld.StartAsync(static options =>
        {
            var server = Server("turn:turn.example");
            (server.Username, server.Credential) = ("everybody", "open");
            options.IceServers.Add(server);
        });
        var told = (await world.Ada.Peers.IceServersAsync(world.Ada.Room)).Servers[0];
        Assert.AreEqual(("everybody", "open"), (told.Username, told.Credential));
    }

    [TestMethod]
    [DynamicData(nameof(OutOfRange))]
    public async Task Host_does_not_start_when_a_value_is_out_of_range(Action<WebRtcOptions> change) =>
        await Assert.ThrowsExactlyAsync<OptionsValidationException>(() => PeersWorld.StartAsync(change));

    private static IceServerOptions Server(string url, params TurnSecret[] secrets)
    {
        var server = new IceServerOptions { Urls = { url } };
        foreach (var secret in secrets)
        {
            server.Secrets.Add(secret);
        }

        return server;
    }
}
