using FsCheck;
using FsCheck.Fluent;
using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Stored;

[TestClass]
public sealed class StoredFeedProperties
{
    /// <summary>0 and 1 write, 2 writes without telling, 3 to 5 let a subscriber read once, 6 to 8 let it subscribe anew from where it was, 9 makes the store forget.</summary>
    [TestMethod]
    public void Every_subscriber_arrives_at_the_store_s_state_whatever_happens_in_whatever_order() =>
        Prop.ForAll(
            Gen.Choose(0, 9).ListOf().ToArbitrary(),
            Gen.Choose(0, 5).ToArbitrary(),
            Gen.Choose(1, 4).ToArbitrary(),
            (actions, history, page) => Run([.. actions], history, page).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    public async Task Every_subscriber_arrives_at_the_store_s_state_when_they_come_while_many_write(int history)
    {
        var store = new NoteStore { Page = 7, Pause = static async () => await Task.Yield() };
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(store, new FeedOptions { HistoryCount = history });
        await using var link = new TestLink(new TestService { NotesFeed = () => feed });
        const int Writers = 4, Each = 300;
        var end = new FeedPosition(store.Epoch, Writers * Each);
        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < Each; number++)
            {
                Write(store, (writer * 7) + (number * 13));
                feed.Advance();
                await Task.Yield();
            }
        })).ToList();
        var reading = Enumerable.Range(0, 20).Select(index => Task.Run(async () =>
        {
            await Until.TrueAsync(() => store.Position.Offset >= index * (Writers * Each / 20));
            await using var reader = new NoteReader(index % 2 == 0 ? link.Client.Notes() : feed);
            await reader.ReadToAsync(end);
            return reader.Equals(store);
        })).ToList();

        await Task.WhenAll(writing);
        Assert.IsTrue((await Task.WhenAll(reading)).All(static equal => equal));
    }

    [TestMethod]
    public async Task Remote_subscriber_arrives_when_its_session_is_lost_and_the_process_replaced_again_and_again()
    {
        var store = new NoteStore { Page = 5 };
        using var first = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(store);
        var feed = first;
        await using var link = new TestLink(new TestService { NotesFeed = () => feed });
        await using var reader = new NoteReader(link.Client.Notes());
        await reader.NextAsync();
        var reading = Task.Run(() => reader.ReadToAsync(new FeedPosition(store.Epoch, 600)));
        for (var round = 0; round < 20; round++)
        {
            for (var number = 0; number < 30; number++)
            {
                Write(store, (round * 31) + (number * 7));
                feed.Advance();
            }

            await link.LoseSessionAsync();
            feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(store);
            link.NewSession();
        }

        await reading;
        Assert.IsTrue(reader.Equals(store));
        Assert.AreEqual(1, reader.Snapshots);
    }

    [TestMethod]
    public async Task Slow_subscriber_holds_up_nobody_and_gets_what_is_newest()
    {
        var store = new NoteStore { Page = 50 };
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(store);
        await using var link = new TestLink(new TestService { NotesFeed = () => feed });
        await using var reader = new NoteReader(link.Client.Notes());
        await using var quick = new NoteReader(feed);
        await reader.NextAsync();
        await quick.NextAsync();
        var padding = new string('x', 1000);
        for (var number = 0; number < 5000; number++)
        {
            store.Put($"n{number % 100}", $"{number} {padding}");
            feed.Advance();
        }

        await quick.ReadToAsync(store.Position);
        Assert.IsTrue(quick.Equals(store));
        Assert.IsLessThan(512 * 1024, link.ServerEnd.Session.Unacknowledged);
        await reader.ReadToAsync(store.Position);
        Assert.IsTrue(reader.Equals(store));
        Assert.AreEqual(1, reader.Snapshots, "The store could tell all that happened.");
    }

    private static void Write(NoteStore store, int number)
    {
        if (number % 3 == 0)
        {
            store.Remove($"n{number % 11}");
        }
        else
        {
            store.Put($"n{number % 11}", $"{number}");
        }
    }

    private static async Task<bool> Run(int[] actions, int history, int page)
    {
        var store = new NoteStore { Page = page };
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(store, new FeedOptions { HistoryCount = history });
        var readers = new NoteReader[] { new(feed), new(feed), new(feed) };
        var number = 0;
        foreach (var action in actions)
        {
            var reader = action % 3;
            switch (action)
            {
                case <= 2:
                    Write(store, ++number);
                    if (action < 2)
                    {
                        feed.Advance();
                    }

                    break;
                case <= 5 when readers[reader].Position != store.Position:
                    feed.Advance();
                    await readers[reader].NextAsync();
                    break;
                case <= 8:
                    var (position, known) = (readers[reader].Position, readers[reader].State);
                    await readers[reader].DisposeAsync();
                    readers[reader] = new NoteReader(feed, position, known);
                    break;
                case 9:
                    store.Floor = store.Position.Offset;
                    break;
            }
        }

        feed.Advance();
        var equal = true;
        foreach (var reader in readers)
        {
            await reader.ReadToAsync(store.Position);
            equal &= reader.Equals(store);
            await reader.DisposeAsync();
        }

        return equal;
    }
}
