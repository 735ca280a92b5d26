using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Presence.Harness;

namespace Loop.Sdk.Testing.Tests.Presence;

[TestClass]
public sealed class AvailabilityTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [TestMethod]
    public async Task Device_that_is_not_touched_is_away_and_then_unavailable()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada");
        await using var seen = new AvailabilityProbe(ada.Presence.Availability);
        await seen.UntilAsync(AvailabilityState.Unavailable);
        Assert.AreEqual(AvailabilityState.Unavailable, ada.Presence.Availability.State);
        ada.Presence.Availability.Touch();
        await seen.UntilAsync(AvailabilityState.Online);
        world.Clock.Advance(4 * Minute);
        ada.Presence.Availability.Touch();
        world.Clock.Advance(4 * Minute);
        Assert.AreEqual(AvailabilityState.Online, ada.Presence.Availability.State);
        world.Clock.Advance(Minute);
        Assert.AreEqual(AvailabilityState.Away, ada.Presence.Availability.State);
        await seen.UntilAsync(AvailabilityState.Away);
        world.Clock.Advance(5 * Minute);
        await seen.UntilAsync(AvailabilityState.Unavailable);
        ada.Presence.Availability.Touch();
        await seen.UntilAsync(AvailabilityState.Online);
        ada.Presence.Availability.StepAway();
        await seen.UntilAsync(AvailabilityState.Away);
        world.Clock.Advance(5 * Minute);
        await seen.UntilAsync(AvailabilityState.Unavailable);
        Assert.AreEqual("Unavailable Online Away Unavailable Online Away Unavailable", seen.States);
    }

    [TestMethod]
    public async Task Only_transitions_are_sent()
    {
        var reports = new ReportCounter();
        await using var world = await PresenceWorld.StartAsync(availability: reports);
        var ada = world.User("ada");
        for (var touch = 0; touch < 1000; touch++)
        {
            ada.Presence.Availability.Touch();
        }

        await Eventually.TrueAsync(() => reports.Count == 1);
        world.Clock.Advance(5 * Minute);
        await Eventually.TrueAsync(() => reports.Count == 2);
        await ada.LoseSessionAsync();
        await Eventually.TrueAsync(() => reports.Count == 3);
        Assert.AreEqual("Online Away Away", reports.States);
    }

    [TestMethod]
    public async Task Idle_times_are_the_applications_to_choose()
    {
        await using var world = await PresenceWorld.StartAsync();
        var ada = world.User("ada", static options => (options.AwayAfter, options.UnavailableAfter) = (Timeout.InfiniteTimeSpan, Minute));
        ada.Presence.Availability.Touch();
        world.Clock.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.AreEqual(AvailabilityState.Online, ada.Presence.Availability.State);
        world.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.AreEqual(AvailabilityState.Unavailable, ada.Presence.Availability.State);
    }

    [TestMethod]
    public async Task Lost_session_is_reported_on_again()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, other) = (world.User("ada"), world.User("ada"));
        await using var seen = new AvailabilityProbe(other.Presence.Availability);
        await seen.UntilAsync(AvailabilityState.Unavailable);
        ada.Presence.Availability.Touch();
        await seen.UntilAsync(AvailabilityState.Online);
        var before = ada.SessionId;
        await ada.LoseSessionAsync();
        await seen.UntilAsync(availability => availability.Devices.Any(device => device.Session == ada.SessionId && device.State == AvailabilityState.Online));
        Assert.AreNotEqual(before, ada.SessionId);
        await world.SoonAsync(seen.UntilAsync(static availability => availability.Devices.Count == 1));
        Assert.AreEqual("Unavailable Online", seen.States);
    }

    [TestMethod]
    public async Task Own_status_wins_over_devices_and_is_set_from_any_of_them()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (phone, tab) = (world.User("ada"), world.User("ada"));
        await using var seen = new AvailabilityProbe(tab.Presence.Availability);
        phone.Presence.Availability.Touch();
        await seen.UntilAsync(AvailabilityState.Online);
        await tab.Presence.Availability.SetStatusAsync(StatusMode.Away, "At lunch ✓");
        await seen.UntilAsync(static availability => availability is { State: AvailabilityState.Away, Mode: StatusMode.Away, Text: "At lunch ✓" });
        await phone.Presence.Availability.SetStatusAsync(StatusMode.Automatic);
        await seen.UntilAsync(static availability => availability is { State: AvailabilityState.Online, Text: null });
        await Check.FailsAsync(ErrorCodes.InvalidName, phone.Presence.Availability.SetStatusAsync(StatusMode.Away, new string('x', 201)));
        await Check.FailsAsync(ErrorCodes.AccountRequired, world.User(null).Presence.Availability.SetStatusAsync(StatusMode.Away));
    }

    [TestMethod]
    public async Task Grants_let_an_application_see_a_person_until_they_are_revoked()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (ada, app, other) = (world.User("ada"), world.User("app:calendar"), world.User("app:mail"));
        await using var grants = ada.Presence.Availability.Grants.ToLiveCollection(static grant => grant.Application);
        await using var people = app.Presence.People.Changes.ToLiveCollection(static person => person.Id);
        await people.WhenReadyAsync();
        var grant = await ada.Presence.Availability.GrantAsync("calendar");
        Assert.AreEqual(grant, await ada.Presence.Availability.GrantAsync("calendar"));
        ada.Presence.Availability.Touch();
        await Eventually.TrueAsync(() => people.TryGet(grant.Id, out var person) && person.State == AvailabilityState.Online);
        await Eventually.TrueAsync(() => grants.Count == 1);
        Assert.AreEqual(AvailabilityState.Online, (await app.Presence.People.GetAsync(grant.Id)).State);
        await Check.FailsAsync(ErrorCodes.PersonNotFound, other.Presence.People.GetAsync(grant.Id));
        await Check.FailsAsync(ErrorCodes.ApplicationRequired, ada.Presence.People.GetAsync(grant.Id));

        await ada.Presence.Availability.RevokeAsync("calendar");
        await Eventually.TrueAsync(() => people.Count == 0 && grants.Count == 0);
        await Check.FailsAsync(ErrorCodes.PersonNotFound, app.Presence.People.GetAsync(grant.Id));
        Assert.AreNotEqual(grant.Id, (await ada.Presence.Availability.GrantAsync("calendar")).Id);
    }

    [TestMethod]
    public async Task Disposal_stops_reporting()
    {
        var reports = new ReportCounter();
        await using var world = await PresenceWorld.StartAsync(availability: reports);
        var ada = world.User("ada");
        ada.Presence.Availability.Touch();
        await Eventually.TrueAsync(() => reports.Count == 1);
        await ada.Presence.DisposeAsync();
        world.Clock.Advance(20 * Minute);
        ada.Presence.Availability.Touch();
        await ada.Presence.Availability.SetStatusAsync(StatusMode.Automatic);
        Assert.AreEqual("Online", reports.States);
    }
}
