using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Availability;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Presence.Harness;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Availability;

[TestClass]
public sealed class AvailabilityTests
{
    private static Task<PresenceWorld> StartAsync(IAvailabilityStorage? storage = null, Action<AvailabilityOptions>? configure = null) => PresenceWorld.StartAsync(build: builder =>
    {
        if (storage is not null)
        {
            builder.Services.AddSingleton(storage);
        }

        builder.AddAvailability(options =>
        {
            options.ApplicationOf = static session => session.PrincipalId.StartsWith("app-", StringComparison.Ordinal) ? session.PrincipalId : null;
            options.IsApplication = static application => application.StartsWith("app-", StringComparison.Ordinal);
            configure?.Invoke(options);
        });
    });

    private static IAvailability Of(PresenceUser user) => user.Client.Service<IAvailability>();

    private static Task ReportAsync(PresenceUser user, AvailabilityState state) => Of(user).ReportAsync(new ActivityReport(state));

    private static FeedProbe<AccountAvailability?> Watch(PresenceUser user) =>
        FeedProbe.Of(Of(user).Watch(), (AccountAvailability?)null, static (_, state) => state, static (_, state) => state);

    private static FeedProbe<Dictionary<string, PersonAvailability>> People(PresenceUser application) =>
        FeedProbe.Of(application.Client.Service<IPeople>().Watch(), static person => person.Id);

    private static FeedProbe<Dictionary<string, Grant>> Grants(PresenceUser user) => FeedProbe.Of(Of(user).Grants(), static grant => grant.Application);

    [TestMethod]
    public async Task Most_available_device_counts()
    {
        await using var world = await StartAsync();
        var (phone, laptop) = (world.User("ada"), world.User("ada"));
        await using var seen = Watch(phone);
        await seen.UntilAsync(static state => state!.State == AvailabilityState.Unavailable && state.Devices.Count == 0);
        await ReportAsync(phone, AvailabilityState.Away);
        await seen.UntilAsync(static state => state!.State == AvailabilityState.Away);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await ReportAsync(laptop, AvailabilityState.Online);
        await seen.UntilAsync(state => state!.State == AvailabilityState.Online && state.Since == world.Clock.GetUtcNow() && state.Devices.Count == 2);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await ReportAsync(phone, AvailabilityState.Online);
        await seen.UntilAsync(static state => state!.Devices.All(static device => device.State == AvailabilityState.Online));
        Assert.AreEqual(world.Clock.GetUtcNow() - TimeSpan.FromSeconds(5), seen.State!.Since, "What did not change is as old as it was.");
        await laptop.Client.DisposeAsync();
        await seen.UntilAsync(static state => state!.Devices.Count == 1);
        await ReportAsync(phone, AvailabilityState.Unavailable);
        await seen.UntilAsync(static state => state!.State == AvailabilityState.Unavailable);
    }

    [TestMethod]
    public async Task Own_status_wins_over_devices_and_lasts()
    {
        var storage = new MemoryAvailabilityStorage();
        await using (var world = await StartAsync(storage))
        {
            var ada = world.User("ada");
            await ReportAsync(ada, AvailabilityState.Online);
            await using var seen = Watch(ada);
            await seen.UntilAsync(static state => state!.State == AvailabilityState.Online);
            await Of(ada).SetStatusAsync(new OwnStatus { Mode = StatusMode.Away, Text = "Lunch" });
            await seen.UntilAsync(static state => state is { State: AvailabilityState.Away, Text: "Lunch" });
            await Of(ada).SetStatusAsync(new OwnStatus { Mode = StatusMode.Unavailable });
            await seen.UntilAsync(static state => state is { State: AvailabilityState.Unavailable, Text: null });
        }

        await using var next = await StartAsync(storage);
        var again = next.User("ada");
        await using var after = Watch(again);
        await after.UntilAsync(static state => state!.Mode == StatusMode.Unavailable);
        await ReportAsync(again, AvailabilityState.Online);
        await after.UntilAsync(static state => state!.Devices.Count == 1);
        Assert.AreEqual(AvailabilityState.Unavailable, after.State!.State);
        await Of(again).SetStatusAsync(new OwnStatus { Mode = StatusMode.Automatic });
        await after.UntilAsync(static state => state!.State == AvailabilityState.Online);
    }

    [TestMethod]
    public async Task Device_whose_link_flaps_stays_and_one_that_is_lost_goes_after_the_grace()
    {
        await using var world = await StartAsync();
        var (ada, app) = (world.User("ada"), world.User("app-1"));
        await Of(ada).GrantAsync(new GrantRequest("app-1"));
        await ReportAsync(ada, AvailabilityState.Online);
        await using var people = People(app);
        await people.UntilAsync(static state => state.Values.Single().State == AvailabilityState.Online);
        await ada.BreakAsync();
        world.Clock.Advance(PresenceWorld.Grace - TimeSpan.FromMilliseconds(1));
        await ada.ReturnAsync();
        await ada.BreakAsync();
        Assert.AreEqual(0, people.Count(FeedEventKind.Change));
        world.Clock.Advance(PresenceWorld.Grace);
        await people.UntilAsync(static state => state.Values.Single().State == AvailabilityState.Unavailable);
        await ada.ReturnAsync();
        await people.UntilAsync(static state => state.Values.Single().State == AvailabilityState.Online);
    }

    [TestMethod]
    public async Task Application_sees_who_granted_it_under_an_id_that_says_nothing()
    {
        await using var world = await StartAsync();
        var (ada, bob, one, other) = (world.User("ada"), world.User("bob"), world.User("app-1"), world.User("app-2"));
        await ReportAsync(ada, AvailabilityState.Online);
        await using var people = People(one);
        await people.UntilAsync(static state => state.Count == 0);
        var grant = await Of(ada).GrantAsync(new GrantRequest("app-1"));
        var second = await Of(ada).GrantAsync(new GrantRequest("app-2"));
        Assert.AreEqual(grant, await Of(ada).GrantAsync(new GrantRequest("app-1")));
        Assert.AreNotEqual(grant.Id, second.Id);
        Assert.AreEqual(22, grant.Id.Length);
        await people.UntilAsync(state => state.TryGetValue(grant.Id, out var person) && person.State == AvailabilityState.Online);
        await Of(bob).GrantAsync(new GrantRequest("app-1"));
        await people.UntilAsync(static state => state.Count == 2);
        await Of(ada).SetStatusAsync(new OwnStatus { Mode = StatusMode.Away, Text = "Lunch" });
        await people.UntilAsync(state => state.GetValueOrDefault(grant.Id) is { State: AvailabilityState.Away, Text: "Lunch" });
        var person = await one.Client.Service<IPeople>().GetAsync(new PersonRef(grant.Id));
        Assert.AreEqual((AvailabilityState.Away, "Lunch"), (person.State, person.Text));
        Assert.AreEqual("person_not_found", await other.Client.Service<IPeople>().GetAsync(new PersonRef(grant.Id)).CodeAsync());
        Assert.IsFalse(people.State.Values.Any(static person => person.ToString().Contains("ada", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Revoking_takes_effect_on_open_feeds_at_once()
    {
        await using var world = await StartAsync();
        var (ada, app) = (world.User("ada"), world.User("app-1"));
        await using var grants = Grants(ada);
        var grant = await Of(ada).GrantAsync(new GrantRequest("app-1"));
        await grants.UntilAsync(state => state.TryGetValue("app-1", out var known) && known == grant);
        await using var people = People(app);
        await people.UntilAsync(static state => state.Count == 1);
        await Of(ada).RevokeAsync(new ApplicationRef("app-1"));
        await Of(ada).RevokeAsync(new ApplicationRef("app-1"));
        await Task.WhenAll(people.UntilAsync(static state => state.Count == 0), grants.UntilAsync(static state => state.Count == 0));
        await ReportAsync(ada, AvailabilityState.Online);
        Assert.AreEqual("person_not_found", await app.Client.Service<IPeople>().GetAsync(new PersonRef(grant.Id)).CodeAsync());
        Assert.AreNotEqual(grant.Id, (await Of(ada).GrantAsync(new GrantRequest("app-1"))).Id);
        await people.UntilAsync(static state => state.Count == 1);
        Assert.AreEqual(1, people.Count(FeedEventKind.Snapshot));
    }

    [TestMethod]
    public async Task More_people_than_fit_into_a_message_come_in_pieces()
    {
        var storage = new MemoryAvailabilityStorage();
        for (var number = 0; number < 2500; number++)
        {
            await storage.GrantAsync(new GrantRecord("app-1", $"u{number}", $"id{number}", 1000), 1, CancellationToken.None);
        }

        await using var world = await StartAsync(storage);
        await using var people = People(world.User("app-1"));
        await people.UntilAsync(static state => state.Count == 2500);
        await ReportAsync(world.User("u77"), AvailabilityState.Online);
        await people.UntilAsync(static state => state.GetValueOrDefault("id77")?.State == AvailabilityState.Online);
    }

    [TestMethod]
    public async Task Application_that_was_away_learns_of_revocations()
    {
        await using var world = await StartAsync();
        var (ada, bob, app) = (world.User("ada"), world.User("bob"), world.User("app-1"));
        await Of(ada).GrantAsync(new GrantRequest("app-1"));
        await Of(bob).GrantAsync(new GrantRequest("app-1"));
        await using var people = People(app);
        await people.UntilAsync(static state => state.Count == 2);
        app.Link.IsRefusing = true;
        app.Link.Cut();
        await Of(ada).RevokeAsync(new ApplicationRef("app-1"));
        app.Link.IsRefusing = false;
        await people.UntilAsync(static state => state.Count == 1);
    }

    [TestMethod]
    public async Task Each_service_is_for_whom_it_is()
    {
        await using var world = await StartAsync();
        var (nobody, ada, app) = (world.User(null), world.User("ada"), world.User("app-1"));
        foreach (var caller in new[] { nobody, app })
        {
            Assert.AreEqual("account_required", await ReportAsync(caller, AvailabilityState.Online).CodeAsync());
            Assert.AreEqual("account_required", await Of(caller).SetStatusAsync(new OwnStatus { Mode = StatusMode.Away }).CodeAsync());
            Assert.AreEqual("account_required", await Of(caller).GrantAsync(new GrantRequest("app-1")).CodeAsync());
            Assert.AreEqual("account_required", await Of(caller).RevokeAsync(new ApplicationRef("app-1")).CodeAsync());
            Assert.AreEqual("account_required", await Watch(caller).CodeAsync());
            Assert.AreEqual("account_required", await Grants(caller).CodeAsync());
        }

        Assert.AreEqual("application_required", await People(ada).CodeAsync());
        Assert.AreEqual("application_required", await ada.Client.Service<IPeople>().GetAsync(new PersonRef("x")).CodeAsync());
    }

    [TestMethod]
    public async Task Bad_requests_are_refused()
    {
        await using var world = await StartAsync(configure: static options => options.MaxGrants = 1);
        var ada = world.User("ada");
        Assert.AreEqual("invalid_request", await ReportAsync(ada, (AvailabilityState)7).CodeAsync());
        Assert.AreEqual("invalid_request", await Of(ada).SetStatusAsync(new OwnStatus { Mode = (StatusMode)7 }).CodeAsync());
        Assert.AreEqual("invalid_name", await Of(ada).SetStatusAsync(new OwnStatus { Mode = StatusMode.Away, Text = new string('x', 201) }).CodeAsync());
        Assert.AreEqual("invalid_name", await Of(ada).SetStatusAsync(new OwnStatus { Mode = StatusMode.Away, Text = "a\nb" }).CodeAsync());
        Assert.AreEqual("invalid_request", await Of(ada).GrantAsync(new GrantRequest("")).CodeAsync());
        Assert.AreEqual("application_not_found", await Of(ada).GrantAsync(new GrantRequest("none")).CodeAsync());
        await Of(ada).GrantAsync(new GrantRequest("app-1"));
        Assert.AreEqual("too_many_grants", await Of(ada).GrantAsync(new GrantRequest("app-2")).CodeAsync());
        Assert.AreEqual("invalid_request", await world.User("app-1").Client.Service<IPeople>().GetAsync(new PersonRef("")).CodeAsync());
    }

    [TestMethod]
    public async Task Devices_are_no_scope_that_anybody_can_name_or_is_told_of()
    {
        await using var world = await StartAsync();
        var (ada, eve) = (world.User("ada"), world.User("eve"));
        await ReportAsync(ada, AvailabilityState.Online);
        Assert.AreEqual("invalid_scope", await eve.GetAsync("!devices:ada").CodeAsync());
        Assert.AreEqual("invalid_scope", await eve.EnterAsync("!devices:ada").CodeAsync());
        Assert.IsEmpty(world.Service.Scopes);
    }

    [TestMethod]
    public async Task Nothing_is_kept_of_accounts_and_applications_that_nobody_follows()
    {
        await using var world = await StartAsync();
        var core = world.Host.Services.GetRequiredService<AvailabilityCore>();
        var (ada, app) = (world.User("ada"), world.User("app-1"));
        await using (var seen = Watch(ada))
        await using (var people = People(app))
        {
            await Task.WhenAll(seen.ReadyAsync(), people.ReadyAsync());
            await ReportAsync(ada, AvailabilityState.Online);
            await seen.UntilAsync(static state => state!.State == AvailabilityState.Online);
        }

        await ada.Client.DisposeAsync();
        await Until.SoAsync(() => core.AccountCount == 0 && core.People.Count == 0 && world.Core.Scopes.All.Count == 0);
    }
}
