using System.Collections.Specialized;
using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Presence.Harness;

namespace Loop.Sdk.Testing.Tests.Presence;

[TestClass]
public sealed class WatchTests
{
    [TestMethod]
    public async Task Snapshot_after_an_absence_tells_only_what_is_different()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.HistoryCount = 0);
        var (ada, bob, cyd, dan) = (world.User("ada"), world.User("bob"), world.User("cyd"), world.User("dan"));
        await using var stays = await ada.EnterAsync(data: """{"a":1}""");
        await using var changes = await bob.EnterAsync(data: """{"b":1}""");
        var goes = await cyd.EnterAsync();
        var watcher = world.User("eve");
        await using var seen = watcher.Watch();
        await seen.UntilShownAsync("""ada{"a":1} bob{"b":1} cyd""");
        var before = seen.Told;
        await watcher.LoseSessionAsync(comesBack: false);
        await changes.UpdateAsync(PresenceUser.Json("""{"b":2}"""));
        await goes.LeaveAsync();
        await using var comes = await dan.EnterAsync();
        watcher.Link.IsRefusing = false;
        await world.SoonAsync(seen.UntilShownAsync("""ada{"a":1} bob{"b":2} dan"""));
        Assert.AreEqual(before + " -cyd ? +dan ~bob in dan out cyd", seen.Told);
    }

    [TestMethod]
    public async Task Absence_in_which_nothing_happened_is_no_event()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.HistoryCount = 0);
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await using var entry = await ada.EnterAsync(data: """{"a":1}""");
        await using var seen = bob.Watch();
        await seen.UntilShownAsync("""ada{"a":1}""");
        for (var loss = 0; loss < 5; loss++)
        {
            await bob.LoseSessionAsync();
        }

        await entry.UpdateAsync(PresenceUser.Json("""{"a":2}"""));
        await world.SoonAsync(seen.UntilShownAsync("""ada{"a":2}"""));
        Assert.AreEqual("* +ada in ada ~ada", seen.Told);
    }

    [TestMethod]
    public async Task Users_are_told_by_their_first_and_last_member()
    {
        await using var world = await PresenceWorld.StartAsync();
        var (phone, tab) = (world.User("ada"), world.User("ada"));
        await using var seen = world.User("bob").Watch();
        await seen.UntilShownAsync("");
        var one = await phone.EnterAsync();
        var two = await tab.EnterAsync();
        await seen.UntilAsync(static probe => probe.Members.Count == 2);
        await one.LeaveAsync();
        await two.LeaveAsync();
        await seen.UntilShownAsync("");
        Assert.AreEqual("* +ada in ada +ada -ada Left -ada Left out ada", seen.Told);
    }

    [TestMethod]
    public async Task Scope_in_part_has_counts_and_a_sample_and_is_told_minimally_when_it_is_whole_again()
    {
        await using var world = await PresenceWorld.StartAsync(static options => (options.MaxListed, options.Sample, options.PartialInterval) = (4, 2, TimeSpan.Zero));
        var users = Enumerable.Range(0, 6).Select(number => world.User($"user{number}")).ToArray();
        var entries = new List<PresenceEntry>();
        await using var seen = world.User("eve").Watch();
        foreach (var user in users.Take(4))
        {
            entries.Add(await user.EnterAsync());
        }

        await seen.UntilShownAsync("user0 user1 user2 user3");
        var before = seen.Told;
        entries.Add(await users[4].EnterAsync());
        entries.Add(await users[5].EnterAsync());
        await seen.UntilAsync(static probe => probe.Last is { IsPartial: true, Counts: { Members: 6, Users: 6 } });
        Assert.AreEqual(before, seen.Told);
        foreach (var entry in entries.Take(3))
        {
            await entry.LeaveAsync();
        }

        await seen.UntilShownAsync("user3 user4 user5");
        Assert.AreEqual(before + " -user0 ? -user1 ? -user2 ? +user4 +user5 in user4 in user5 out user0 out user1 out user2", Sorted(seen.Told, before));
        Assert.IsFalse(seen.Last!.IsPartial);
    }

    [TestMethod]
    public async Task View_changes_only_what_is_different_and_tells_counts()
    {
        await using var world = await PresenceWorld.StartAsync(static options => options.HistoryCount = 0);
        var (ada, bob, eve) = (world.User("ada"), world.User("bob"), world.User("eve"));
        await using var one = await ada.EnterAsync(data: """{"a":1}""");
        await using var view = eve.Presence.Watch(PresenceWorld.Doc).ToView(Comparer<PresenceMember>.Create(static (one, other) => string.CompareOrdinal(one.User, other.User)));
        await view.WhenReadyAsync();
        Assert.AreEqual((1, new PresenceCounts(1, 1), false, true), (view.Count, view.Counts, view.IsPartial, view.IsLive));
        var changes = new List<NotifyCollectionChangedAction>();
        view.CollectionChanged += (_, change) =>
        {
            lock (changes)
            {
                changes.Add(change.Action);
            }
        };
        await eve.LoseSessionAsync();
        await using var two = await bob.EnterAsync();
        await world.SoonAsync(Eventually.TrueAsync(() => view.Counts.Members == 2));
        await one.UpdateAsync(PresenceUser.Json("""{"a":2}"""));
        await Eventually.TrueAsync(() => view[0].Data?.GetRawText() == """{"a":2}""");
        await two.LeaveAsync();
        await Eventually.TrueAsync(() => view.Counts.Members == 1);
        Assert.IsTrue(view.TryGet(one.Member.Id, out _));
        lock (changes)
        {
            CollectionAssert.AreEqual(new[] { NotifyCollectionChangedAction.Add, NotifyCollectionChangedAction.Replace, NotifyCollectionChangedAction.Remove }, changes);
        }
    }

    [TestMethod]
    public async Task View_of_a_scope_in_part_shows_the_sample()
    {
        await using var world = await PresenceWorld.StartAsync(static options => (options.MaxListed, options.Sample) = (4, 2));
        await using var view = world.User("eve").Presence.Watch(PresenceWorld.Doc).ToView(options: new LiveViewOptions { Post = static action => action() });
        await view.WhenReadyAsync();
        var told = new HashSet<string?>();
        view.PropertyChanged += (_, change) =>
        {
            lock (told)
            {
                told.Add(change.PropertyName);
            }
        };
        foreach (var number in Enumerable.Range(0, 6))
        {
            await world.User($"user{number}").EnterAsync();
        }

        await world.SoonAsync(Eventually.TrueAsync(() => view is { Counts.Members: 6, IsPartial: true }));
        await Eventually.TrueAsync(() => view.Count == 2);
        lock (told)
        {
            Assert.IsTrue(told.IsSupersetOf([nameof(view.Counts), nameof(view.IsPartial), nameof(view.Count)]));
        }
    }

    [TestMethod]
    public async Task Right_to_watch_that_ends_ends_the_sequence()
    {
        await using var world = await PresenceWorld.StartAsync();
        await using var changes = world.User("ada").Presence.Watch(PresenceWorld.Club).ChangesAsync().GetAsyncEnumerator();
        Assert.IsTrue(await changes.MoveNextAsync());
        await world.Rule.Ending.CancelAsync();
        await Check.FailsAsync(ErrorCodes.ScopeRefused, changes.MoveNextAsync().AsTask());
    }

    // Who of several went first, nothing says.
    private static string Sorted(string told, string before)
    {
        var events = told[before.Length..].Replace(" ?", "?").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var names = new[] { "-", "+", "in", "out" };
        var pairs = new List<string>();
        for (var index = 0; index < events.Length; index++)
        {
            pairs.Add(events[index] is "in" or "out" ? $"{events[index]} {events[++index]}" : events[index]);
        }

        return before + " " + string.Join(' ', pairs.OrderBy(one => Array.FindIndex(names, name => one.StartsWith(name, StringComparison.Ordinal))).ThenBy(static one => one, StringComparer.Ordinal)).Replace("?", " ?");
    }
}
