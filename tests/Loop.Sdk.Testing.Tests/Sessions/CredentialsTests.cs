using Loop.Sdk.Handshake;
using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Sessions;

[TestClass]
public sealed class CredentialsTests
{
    private readonly World _world = new();
    private readonly FakeClock _clock = new();
    private readonly Events<DateTimeOffset> _asked = new();

    [TestMethod]
    public async Task Credentials_are_renewed_on_the_live_connection_before_they_expire()
    {
        await using var host = await Hosts.StartAsync(_world, _clock, static options => options.KeepAlive = TimeSpan.FromMinutes(10));
        var client = await host.ConnectAsync(configure: options => options.CredentialsProvider = Provide(() => FakeCredentials.Of("ada", _clock.GetUtcNow().AddMinutes(10))));
        var start = await _asked.NextAsync();
        var session = client.Client.SessionId;

        var renewal = _asked.NextAsync().AsTask();
        await _clock.AdvanceUntilAsync(renewal, TimeSpan.FromSeconds(5));

        Assert.IsInRange(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), await renewal - start);
        await client.Probe().TouchAsync();
        Assert.AreEqual(session, client.Client.SessionId);
        Assert.AreEqual(1, client.Link.Connections);
    }

    [TestMethod]
    public async Task The_channel_closes_when_its_credentials_are_refused_twice()
    {
        await using var host = await Hosts.StartAsync(_world);
        var client = host.CreateClient(configure: options => options.CredentialsProvider = Provide(static () => FakeCredentials.Refused));

        await Check.FailsAsync(ErrorCodes.Unauthenticated, client.Client.ConnectAsync());

        await Check.FailsAsync(ErrorCodes.Unauthenticated, client.Probe().TouchAsync());
        Assert.AreEqual(ChannelState.Closed, client.Client.State);
        Assert.AreEqual(2, client.Link.Connections);
    }

    [TestMethod]
    public async Task The_session_ends_when_its_credentials_name_somebody_else()
    {
        var user = "alice";
        await using var host = await Hosts.StartPerSessionAsync(_world);
        var client = await host.ConnectAsync(configure: options => options.CredentialsProvider = Provide(() => FakeCredentials.Of(user)));
        var session = client.Client.SessionId;
        var call = client.Probe().HangAsync("call");
        await _world.Entered.NextAsync();

        user = "bob";
        await client.Client.ReauthenticateAsync();

        await Check.FailsAsync(ErrorCodes.SessionLost, call);
        Assert.AreEqual("call", await _world.Cancelled.NextAsync());
        await client.UntilAsync(ChannelState.Connected);
        Assert.AreEqual("bob", await client.Probe().WhoAsync());
        Assert.AreNotEqual(session, client.Client.SessionId);
    }

    [TestMethod]
    public async Task Nothing_is_interrupted_when_the_same_user_presents_fresh_credentials()
    {
        await using var host = await Hosts.StartPerSessionAsync(_world);
        var client = await host.ConnectAsync("ada");
        var call = client.Probe().HangAsync("call");
        await _world.Entered.NextAsync();

        await client.Client.ReauthenticateAsync();

        _world.Release.SetResult("answer");
        Assert.AreEqual("answer", await call);
        Assert.AreEqual(1, client.Link.Connections);
    }

    private Func<CancellationToken, ValueTask<Credentials?>> Provide(Func<Credentials> credentials) => _ =>
    {
        _asked.Add(_clock.GetUtcNow());
        return ValueTask.FromResult<Credentials?>(credentials());
    };
}
