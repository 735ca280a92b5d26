using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class TimelineConformance : StorageConformance
{
    [TestMethod]
    public async Task Append_gives_places_in_order_and_ids_that_sort_the_same()
    {
        await CreateAsync();
        var entries = new List<EntryRecord>();
        long[] times = [5000, 4000, 6000, 6000];
        foreach (var time in times)
        {
            entries.Add((await Store.Timelines.AppendAsync(Samples.Entry($"k{entries.Count}", payload: [7]) with { ReplyTo = 1 }, time, None)).Entry!);
        }

        Assert.AreEqual("1 2 3 4", string.Join(' ', entries.Select(static entry => entry.Sequence)));
        Assert.AreEqual("5000 5000 6000 6000", string.Join(' ', entries.Select(static entry => entry.CreatedAt)));
        CollectionAssert.AreEqual(entries, entries.OrderBy(static entry => entry.Id, StringComparer.Ordinal).ToList());
        var read = (await Store.Timelines.GetAsync("r1", 2, None))!;
        Assert.AreEqual(entries[1] with { Payload = read.Payload }, read);
        CollectionAssert.AreEqual(new byte[] { 7 }, read.Payload.ToArray());
        Assert.AreEqual(EntryOutcome.NotFound, (await Store.Timelines.AppendAsync(Samples.Entry("k", room: "none"), 1, None)).Outcome);
    }

    [TestMethod]
    public async Task Append_adds_once_when_the_author_repeats_a_key()
    {
        await CreateAsync();
        var first = await AppendAsync("k1");
        var again = await Store.Timelines.AppendAsync(Samples.Entry("k1", payload: [9]), 9000, None);
        Assert.AreEqual((EntryOutcome.AlreadyDone, first.Sequence), (again.Outcome, again.Entry!.Sequence));
        Assert.AreEqual(EntryOutcome.Done, (await Store.Timelines.AppendAsync(Samples.Entry("k1", author: "m2"), 9000, None)).Outcome);
        Assert.AreEqual(2, (await Store.Timelines.ReadChangesAsync("r1", 0, 10, None))!.Last);
    }

    [TestMethod]
    public async Task Places_and_offsets_have_no_gaps_when_many_write_at_once()
    {
        await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(writer => Task.Run(async () =>
        {
            for (var index = 0; index < 20; index++)
            {
                await Store.Timelines.AppendAsync(Samples.Entry($"{writer}-{index}", author: $"m{writer}"), 1000, None);
            }
        })));
        var page = (await Store.Timelines.ReadChangesAsync("r1", 0, 1000, None))!;
        Assert.IsTrue(page.Entries.Select(static entry => entry.Sequence).SequenceEqual(Enumerable.Range(1, 200).Select(static number => (long)number)));
        Assert.IsTrue(page.Entries.All(static entry => entry.Sequence == entry.Offset));
    }

    [TestMethod]
    public async Task Edit_and_delete_keep_the_place_and_are_changes()
    {
        await CreateAsync();
        await AppendAsync("k1");
        await AppendAsync("k2");
        var edited = await Store.Timelines.EditAsync(new EntryEdit("r1", 1, 2, new byte[] { 5 }), 8000, None);
        Assert.AreEqual((EntryOutcome.Done, 3L, 2L, 8000L), (edited.Outcome, edited.Entry!.Offset, edited.Entry.Version, edited.Entry.EditedAt));
        Assert.AreEqual(EntryOutcome.Conflict, (await Store.Timelines.EditAsync(new EntryEdit("r1", 1, 2, default), 8000, None)).Outcome);
        var deleted = await Store.Timelines.DeleteAsync("r1", 1, 9000, None);
        Assert.AreEqual((EntryOutcome.Done, true, 0, 4L), (deleted.Outcome, deleted.Entry!.Deleted, deleted.Entry.Payload.Length, deleted.Entry.Offset));
        Assert.AreEqual(EntryOutcome.AlreadyDone, (await Store.Timelines.DeleteAsync("r1", 1, 9000, None)).Outcome);
        Assert.AreEqual(EntryOutcome.Conflict, (await Store.Timelines.EditAsync(new EntryEdit("r1", 1, 4, default), 9000, None)).Outcome);
        Assert.AreEqual(EntryOutcome.NotFound, (await Store.Timelines.DeleteAsync("r1", 3, 9000, None)).Outcome);

        var changes = (await Store.Timelines.ReadChangesAsync("r1", 2, 10, None))!;
        Assert.AreEqual((1L, 4L), (changes.Entries.Single().Sequence, changes.Head));
        Assert.IsTrue((await Store.Timelines.ReadChangesAsync("r1", 5, 10, None))!.SnapshotNeeded);
        Assert.IsNull(await Store.Timelines.ReadChangesAsync("none", 0, 10, None));
    }

    [TestMethod]
    public async Task Pages_lead_back_to_the_beginning()
    {
        await CreateAsync();
        for (var index = 0; index < 5; index++)
        {
            await AppendAsync($"k{index}");
        }

        var last = (await Store.Timelines.ReadBackAsync("r1", long.MaxValue, 2, None))!;
        Assert.AreEqual("5 4", string.Join(' ', last.Entries.Select(static entry => entry.Sequence)));
        Assert.IsTrue(last.More);
        var rest = (await Store.Timelines.ReadBackAsync("r1", 4, 3, None))!;
        Assert.AreEqual("3 2 1", string.Join(' ', rest.Entries.Select(static entry => entry.Sequence)));
        Assert.IsFalse(rest.More);
        var forwards = (await Store.Timelines.ReadChangesAsync("r1", 0, 3, None))!;
        Assert.IsTrue(forwards.More && forwards.Entries.Count == 3);
    }

    [TestMethod]
    public async Task Prune_removes_the_oldest_by_count_and_by_age()
    {
        await CreateAsync();
        for (var index = 1; index <= 6; index++)
        {
            await Store.Timelines.AppendAsync(Samples.Entry($"k{index}"), index * 1000, None);
        }

        Assert.AreEqual(2, await Store.Timelines.PruneAsync("r1", 4, 0, None));
        Assert.AreEqual(1, await Store.Timelines.PruneAsync("r1", 100, 4000, None));
        Assert.AreEqual(0, await Store.Timelines.PruneAsync("none", 0, 4000, None));
        var page = (await Store.Timelines.ReadBackAsync("r1", long.MaxValue, 10, None))!;
        Assert.AreEqual((4L, 6L, 3), (page.First, page.Last, page.Entries.Count));
        Assert.AreEqual(3, await Store.Timelines.PruneAsync("r1", 0, 0, None));
        Assert.AreEqual((7L, 6L), ((await Store.Timelines.ReadChangesAsync("r1", 6, 10, None))!.First, page.Last));
        Assert.AreEqual(7, (await AppendAsync("k1")).Sequence);
    }

    [TestMethod]
    public async Task Sweep_removes_the_oldest_of_all_rooms()
    {
        await CreateAsync("r1");
        await CreateAsync("r2");
        for (var index = 1; index <= 3; index++)
        {
            await Store.Timelines.AppendAsync(Samples.Entry($"k{index}"), index * 1000, None);
            await Store.Timelines.AppendAsync(Samples.Entry($"k{index}", room: "r2"), (index * 1000) + 1, None);
        }

        Assert.AreEqual(3, await Store.Timelines.SweepAsync(3000, 3, None));
        Assert.AreEqual(1, await Store.Timelines.SweepAsync(3000, 3, None));
        Assert.AreEqual(0, await Store.Timelines.SweepAsync(3000, 3, None));
        Assert.AreEqual(3, (await Store.Timelines.ReadBackAsync("r1", long.MaxValue, 10, None))!.First);
        Assert.AreEqual(3, (await Store.Timelines.ReadBackAsync("r2", long.MaxValue, 10, None))!.First);
    }

    [TestMethod]
    public async Task Expired_room_takes_no_more_entries()
    {
        await CreateAsync();
        await AppendAsync("k1");
        Assert.AreEqual(EntryOutcome.NotFound, (await Store.Timelines.AppendAsync(Samples.Entry("k2"), Samples.Later, None)).Outcome);
        Assert.AreEqual(EntryOutcome.NotFound, (await Store.Timelines.EditAsync(new EntryEdit("r1", 1, 2, default), Samples.Later, None)).Outcome);
        Assert.AreEqual(EntryOutcome.NotFound, (await Store.Timelines.DeleteAsync("r1", 1, Samples.Later, None)).Outcome);
    }

    [TestMethod]
    public async Task Entries_are_refused_when_malformed_or_too_long()
    {
        await RefusedAsync(() => Store.Timelines.AppendAsync(Samples.Entry(""), 1, None));
        await RefusedAsync(() => Store.Timelines.AppendAsync(Samples.Entry("k") with { Payload = new byte[RoomStorageLimits.MaxPayload + 1] }, 1, None));
        await RefusedAsync(() => Store.Timelines.AppendAsync(Samples.Entry("k"), RoomStorageLimits.MaxTime + 1, None));
        await RefusedAsync(() => Store.Timelines.ReadBackAsync("r1", 1, RoomStorageLimits.MaxPage + 1, None));
    }

    private async Task<EntryRecord> AppendAsync(string key) => (await Store.Timelines.AppendAsync(Samples.Entry(key, payload: [1]), 1000, None)).Entry!;
}
