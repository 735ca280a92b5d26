using Loop.Sdk.Handshake;
using Loop.Sdk.Tests.Harness;

namespace Loop.Sdk.Tests.Authentication;

[TestClass]
public sealed class CredentialsTests
{
    private int _asked;

    [TestMethod]
    public async Task Hello_carries_fresh_credentials_for_every_connection()
    {
        await using var fixture = WithTokens();

        var served = await fixture.ConnectAsync();
        served.Connection.Cut();
        var next = await fixture.Server.ResumeAsync(served.Peer);

        Assert.AreEqual(Credentials.Bearer("token-1"), served.Hello.Credentials);
        Assert.AreEqual(Credentials.Bearer("token-2"), next.Hello.Credentials);
    }

    [TestMethod]
    public async Task Credentials_are_renewed_at_four_fifths_of_their_lifetime()
    {
        await using var fixture = WithTokens();
        fixture.Server.Template = new Welcome { Session = "", ExpiresInMs = 10_000 };
        var served = await fixture.ConnectAsync();

        fixture.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.AreEqual(1, _asked);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.AreEqual(Credentials.Bearer("token-2"), await served.Peer.AuthAsync());
        Assert.AreEqual(1, fixture.Server.Attempts);
    }

    [TestMethod]
    public async Task Credentials_are_renewed_when_the_server_warns()
    {
        await using var fixture = WithTokens();
        var served = await fixture.ConnectAsync();

        served.Peer.Session.SendAuthResult(new AuthResult { ExpiresInMs = 60_000 });
        Assert.AreEqual("seen", await fixture.Demo.EchoAsync("seen").Soon());
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.AreEqual(Credentials.Bearer("token-2"), await served.Peer.AuthAsync());
    }

    [TestMethod]
    public async Task Credentials_that_expired_in_sleep_are_renewed_when_the_machine_wakes_up()
    {
        await using var fixture = WithTokens();
        fixture.Server.Template = new Welcome { Session = "", ExpiresInMs = 3_600_000 };
        var served = await fixture.ConnectAsync();

        fixture.Time.Sleep(TimeSpan.FromHours(1));
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.AreEqual(Credentials.Bearer("token-2"), await served.Peer.AuthAsync());
    }

    [TestMethod]
    public async Task Reauthenticate_completes_when_the_server_accepts()
    {
        await using var fixture = WithTokens();
        var served = await fixture.ConnectAsync();

        var renewing = fixture.Client.ReauthenticateAsync();
        Assert.AreEqual(Credentials.Bearer("token-2"), await served.Peer.AuthAsync());
        Assert.IsFalse(renewing.IsCompleted);
        served.Peer.Session.SendAuthResult(new AuthResult { Accepted = true });

        await renewing.Soon();
    }

    [TestMethod]
    public async Task Reauthenticate_fails_when_the_server_ends_the_connection_over_it()
    {
        await using var fixture = WithTokens();
        var served = await fixture.ConnectAsync();

        var renewing = fixture.Client.ReauthenticateAsync();
        await served.Peer.AuthAsync();
        served.Connection.Finish(new GoAway(ErrorCodes.Unauthenticated, Verdict.Stop));

        await Fixture.FailsAsync(renewing, ErrorCodes.Unauthenticated);
    }

    [TestMethod]
    public async Task Reauthenticate_fails_and_the_channel_stays_when_the_server_keeps_to_the_old_credentials()
    {
        await using var fixture = WithTokens();
        var served = await fixture.ConnectAsync();

        var renewing = fixture.Client.ReauthenticateAsync();
        await served.Peer.AuthAsync();
        served.Peer.Session.SendAuthResult(new AuthResult { ExpiresInMs = 60_000 });

        await Fixture.FailsAsync(renewing, ErrorCodes.Unauthenticated);
        Assert.AreEqual("still", await fixture.Demo.EchoAsync("still").Soon());
        Assert.AreEqual(2, _asked);
    }

    [TestMethod]
    public async Task Reauthenticate_completes_with_the_next_connection_when_this_one_breaks()
    {
        await using var fixture = WithTokens();
        var served = await fixture.ConnectAsync();

        var renewing = fixture.Client.ReauthenticateAsync();
        await served.Peer.AuthAsync();
        served.Connection.Cut();
        var next = await fixture.Server.ResumeAsync(served.Peer);

        await renewing.Soon();
        Assert.AreEqual(Credentials.Bearer("token-3"), next.Hello.Credentials);
    }

    [TestMethod]
    public async Task Reauthenticate_fails_when_the_server_does_not_answer()
    {
        await using var fixture = WithTokens();
        var served = await fixture.ConnectAsync();

        var renewing = fixture.Client.ReauthenticateAsync();
        await served.Peer.AuthAsync();
        await fixture.Time.UntilWaitedForAsync(TimeSpan.FromSeconds(10));
        fixture.Time.Advance(TimeSpan.FromSeconds(10));

        await Fixture.FailsAsync(renewing, ErrorCodes.Unavailable);
    }

    [TestMethod]
    public async Task Reauthenticate_fails_without_a_provider()
    {
        await using var fixture = new Fixture();

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => fixture.Client.ReauthenticateAsync());
    }

    [TestMethod]
    public async Task Refused_credentials_are_replaced_once()
    {
        await using var fixture = WithTokens();

        var connecting = fixture.Client.ConnectAsync();
        await (await fixture.Server.AcceptAsync()).RefuseAsync(new GoAway(ErrorCodes.Unauthenticated, Verdict.Stop));
        var served = await fixture.Server.ServeAsync();

        await connecting.Soon();
        Assert.AreEqual(Credentials.Bearer("token-2"), served.Hello.Credentials);
    }

    [TestMethod]
    public async Task Credentials_refused_twice_close_the_channel()
    {
        await using var fixture = WithTokens();

        var connecting = fixture.Client.ConnectAsync();
        await (await fixture.Server.AcceptAsync()).RefuseAsync(new GoAway(ErrorCodes.Unauthenticated, Verdict.Stop));
        await (await fixture.Server.AcceptAsync()).RefuseAsync(new GoAway(ErrorCodes.Unauthenticated, Verdict.Stop));

        await Fixture.FailsAsync(connecting, ErrorCodes.Unauthenticated);
        Assert.AreEqual(ChannelState.Closed, fixture.Client.State);
        Assert.AreEqual(2, _asked);
    }

    [TestMethod]
    public async Task Anonymous_client_that_is_refused_closes_at_once()
    {
        await using var fixture = new Fixture();

        var connecting = fixture.Client.ConnectAsync();
        await (await fixture.Server.AcceptAsync()).RefuseAsync(new GoAway(ErrorCodes.Unauthenticated, Verdict.Stop));

        await Fixture.FailsAsync(connecting, ErrorCodes.Unauthenticated);
    }

    [TestMethod]
    public async Task Provider_that_throws_is_asked_again()
    {
        await using var fixture = new Fixture(options => options.CredentialsProvider = _ =>
            Interlocked.Increment(ref _asked) == 1 ? throw new InvalidOperationException("No token yet.") : new ValueTask<Credentials?>(Credentials.Bearer("late")));

        var served = await fixture.ConnectAsync();

        Assert.AreEqual(Credentials.Bearer("late"), served.Hello.Credentials);
        Assert.AreEqual(1, fixture.Server.Attempts);
    }

    private Fixture WithTokens() => new(options => options.CredentialsProvider = _ =>
        new ValueTask<Credentials?>(Credentials.Bearer($"token-{Interlocked.Increment(ref _asked)}")));
}
