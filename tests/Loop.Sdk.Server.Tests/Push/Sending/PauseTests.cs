using Loop.Sdk.Push;
using Loop.Sdk.Server.Push;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Push.Sending;

/// <summary>What a push service asked for holds for the messages after it too.</summary>
[TestClass]
public sealed class PauseTests
{
    [TestMethod]
    public async Task Nothing_is_sent_to_a_service_that_has_too_much_to_do_until_its_time_is_over()
    {
        await using var busy = await ScriptedService.StartAsync();
        await using var other = await ScriptedService.StartAsync();
        await using var world = await StartAsync();
        busy.Answer(503, "20");
        Assert.AreEqual(WebPushOutcome.Unavailable, (await SendAsync(world, busy.Endpoint)).Outcome);
        other.Answer(201);
        Assert.AreEqual(WebPushOutcome.Accepted, (await SendAsync(world, other.Endpoint)).Outcome);
        var begin = world.Clock.GetUtcNow();
        busy.Answer(201);
        var sending = SendAsync(world, new Uri(busy.Endpoint, "/send/another"));
        await world.Clock.AdvanceUntilAsync(sending, TimeSpan.FromMilliseconds(100));
        Assert.AreEqual(WebPushOutcome.Accepted, (await sending).Outcome);
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(20), world.Clock.GetUtcNow() - begin);
        Assert.HasCount(2, busy.Requests);
    }

    [TestMethod]
    public async Task What_would_wait_too_long_is_given_back_and_was_not_sent()
    {
        await using var busy = await ScriptedService.StartAsync();
        await using var world = await StartAsync();
        busy.Answer(503, "600");
        await SendAsync(world, busy.Endpoint);
        world.Clock.Advance(TimeSpan.FromSeconds(100));
        var refused = await SendAsync(world, new Uri(busy.Endpoint, "/send/another"));
        Assert.AreEqual((WebPushOutcome.Unavailable, 0, TimeSpan.FromSeconds(500)), (refused.Outcome, refused.Status, refused.RetryAfter));
        Assert.HasCount(1, busy.Requests);
        world.Clock.Advance(TimeSpan.FromSeconds(500));
        busy.Answer(201);
        Assert.AreEqual(WebPushOutcome.Accepted, (await SendAsync(world, busy.Endpoint)).Outcome);
    }

    [TestMethod]
    public async Task An_endpoint_that_gets_too_much_holds_up_no_other()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var world = await StartAsync();
        service.Answer(429, "600");
        await SendAsync(world, service.Endpoint);
        service.Answer(201);
        Assert.AreEqual(WebPushOutcome.Accepted, (await SendAsync(world, new Uri(service.Endpoint, "/send/another"))).Outcome);
        var refused = await SendAsync(world, service.Endpoint);
        Assert.AreEqual((WebPushOutcome.RateLimited, 0, TimeSpan.FromSeconds(600)), (refused.Outcome, refused.Status, refused.RetryAfter));
        Assert.HasCount(2, service.Requests);
    }

    [TestMethod]
    public async Task A_date_is_as_good_as_a_number()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var world = await StartAsync();
        service.Answer(503, $"{world.Clock.GetUtcNow().AddMinutes(2):R}");
        Assert.AreEqual(TimeSpan.FromMinutes(2), (await SendAsync(world, service.Endpoint)).RetryAfter);
        Assert.AreEqual(0, (await SendAsync(world, service.Endpoint)).Status);
    }

    [TestMethod]
    [DataRow(500, null)]
    [DataRow(503, "0")]
    [DataRow(503, "soon")]
    [DataRow(503, "-5")]
    [DataRow(410, "600")]
    [DataRow(413, "600")]
    public async Task Nobody_is_held_up_who_was_not_asked_for_patience(int status, string? retryAfter)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var world = await StartAsync();
        service.Answer(status, retryAfter);
        await SendAsync(world, service.Endpoint);
        service.Answer(201);
        Assert.AreEqual(WebPushOutcome.Accepted, (await SendAsync(world, service.Endpoint)).Outcome);
    }

    [TestMethod]
    public async Task Pauses_are_short_and_few()
    {
        var clock = new FakeClock();
        var pauses = new SendPauses(clock);
        for (var number = 0; number < SendPauses.Most * 2; number++)
        {
            pauses.Add(new Uri($"https://service{number}.example/x"), Busy(TimeSpan.FromDays(3650)));
        }

        Assert.AreEqual(SendPauses.Most, pauses.Count);
        Assert.AreEqual(TimeSpan.FromHours(1), (await LeftAsync("https://service0.example/y"))!.Value);
        Assert.IsNull(await LeftAsync($"https://service{SendPauses.Most}.example/"));

        // The longer one holds.
        pauses.Add(new Uri("https://service0.example/x"), Busy(TimeSpan.FromSeconds(1)));
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.AreEqual(TimeSpan.FromMinutes(1), (await LeftAsync("https://service0.example/y"))!.Value);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsNull(await LeftAsync("https://service0.example/y"));
        pauses.Add(new Uri("https://new.example/x"), Busy(TimeSpan.FromMinutes(5)));
        Assert.AreEqual(1, pauses.Count);
        Assert.AreEqual(TimeSpan.FromMinutes(5), await LeftAsync("https://new.example/y"));

        async Task<TimeSpan?> LeftAsync(string endpoint) => (await pauses.WaitAsync(new Uri(endpoint), TimeSpan.Zero, CancellationToken.None))?.RetryAfter;
    }

    private static WebPushResult Busy(TimeSpan wait) => new(WebPushOutcome.Unavailable, 503) { RetryAfter = wait };

    private static async Task<WebPushResult> SendAsync(PushWorld world, Uri endpoint)
    {
        using var keys = WebPushKeys.Generate();
        return await world.Host.Services.GetRequiredService<IWebPushSender>().SendAsync(new(endpoint, keys.Recipient), default);
    }

    private static Task<PushWorld> StartAsync() => PushWorld.StartAsync(build: static builder => builder.AddWebPushSender(static options => (options.AllowPrivateNetworks, options.MaxAttempts) = (true, 1)));
}
