using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Stored;

[TestClass]
public sealed class StoredFeedTests
{
    private readonly NoteStore _store = new();

    [TestMethod]
    public async Task Subscriber_gets_the_state_and_then_what_is_written()
    {
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(_store);
        _store.Put("a", "1");
        await using var reader = new NoteReader(feed);
        var first = await reader.NextAsync();
        Assert.AreEqual((FeedEventKind.Snapshot, _store.Position), (first.Kind, first.Position));

        _store.Put("b", "2");
        _store.Remove("a");
        feed.Advance();
        await reader.ReadToAsync(_store.Position);
        Assert.IsTrue(reader.Equals(_store));
        Assert.AreEqual(1, reader.Snapshots);
    }

    [TestMethod]
    public async Task Store_is_read_once_for_all_who_subscribe()
    {
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(_store);
        var readers = Enumerable.Range(0, 50).Select(_ => new NoteReader(feed)).ToList();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.Pause = () => goOn.Task;
        var first = readers.Select(static reader => reader.NextAsync()).ToList();
        goOn.SetResult();
        await Task.WhenAll(first);

        // One for the state, one for what came meanwhile, which nobody waits for.
        await Until.TrueAsync(() => _store.Reads == 2);

        _store.Put("a", "1");
        feed.Advance();
        await Task.WhenAll(readers.Select(reader => reader.ReadToAsync(_store.Position)));
        Assert.AreEqual(3, _store.Reads);
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }

        Assert.AreEqual(0, feed.SubscriberCount);
    }

    [TestMethod]
    public async Task Store_is_not_read_any_more_when_the_last_subscriber_is_gone()
    {
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(_store);
        await using (var reader = new NoteReader(feed))
        {
            await reader.NextAsync();
            _store.Put("a", "1");
            feed.Advance();
            await reader.ReadToAsync(_store.Position);
        }

        // It may be reading for the last change still; then it forgets.
        var before = _store.Position;
        _store.Put("b", "1");
        feed.Advance();
        await Until.TrueAsync(() => !feed.IsFollowing);
        var reads = _store.Reads;
        _store.Put("c", "1");
        feed.Advance();
        await using var again = new NoteReader(feed, before, new Dictionary<string, string> { ["a"] = "1" });
        await again.ReadToAsync(_store.Position);
        Assert.IsTrue(again.Equals(_store));
        Assert.IsLessThanOrEqualTo(reads + 2, _store.Reads);
    }

    [TestMethod]
    public async Task Store_is_not_read_when_nobody_subscribes()
    {
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(_store);
        _store.Put("a", "1");
        feed.Advance();
        await using var reader = new NoteReader(feed);
        await reader.NextAsync();
        Assert.IsTrue(reader.Equals(_store));
        Assert.IsLessThanOrEqualTo(2, _store.Reads);
    }

    [TestMethod]
    public async Task Subscriber_goes_on_without_a_gap_when_the_process_is_another()
    {
        _store.Put("a", "1");
        _store.Put("b", "1");
        var (position, known) = (_store.Position, _store.State);
        _store.Put("a", "2");
        _store.Put("a", "3");
        _store.Remove("b");

        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(_store);
        await using var reader = new NoteReader(feed, position, known);
        var first = await reader.NextAsync();
        Assert.AreEqual((FeedEventKind.Resumed, true), (first.Kind, first.Recovered));
        await reader.NextAsync();
        Assert.IsTrue(reader.Equals(_store));
        Assert.AreEqual((_store.Position, 0, 1), (reader.Position, reader.Snapshots, reader.Changes));

        await using var second = new NoteReader(feed, _store.Position, _store.State);
        Assert.AreEqual(FeedEventKind.Resumed, (await second.NextAsync()).Kind);
    }

    [TestMethod]
    [DataRow(8UL, 1)]
    [DataRow(7UL, 1)]
    [DataRow(7UL, 9)]
    public async Task Subscriber_gets_the_state_when_the_store_does_not_know_the_position(ulong epoch, int offset)
    {
        _store.Put("a", "1");
        _store.Put("b", "2");
        _store.Floor = 2;
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(_store);
        await using var reader = new NoteReader(feed, new FeedPosition(epoch, offset));
        var first = await reader.NextAsync();
        Assert.AreEqual((FeedEventKind.Snapshot, false), (first.Kind, first.Recovered));
        Assert.IsTrue(reader.Equals(_store));
    }

    [TestMethod]
    public async Task Subscriber_gets_the_state_again_when_the_store_can_no_longer_tell()
    {
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(_store);
        await using var reader = new NoteReader(feed);
        await reader.NextAsync();
        _store.Put("a", "1");
        _store.Put("b", "1");
        _store.Floor = 2;
        feed.Advance();
        await reader.ReadToAsync(_store.Position);
        Assert.AreEqual(2, reader.Snapshots);
        Assert.IsTrue(reader.Equals(_store));

        _store.Put("c", "1");
        feed.Advance();
        await reader.ReadToAsync(_store.Position);
        Assert.AreEqual(2, reader.Snapshots);
    }

    [TestMethod]
    public async Task Large_state_comes_in_pieces()
    {
        var store = new NoteStore { Page = 10 };
        for (var index = 0; index < 95; index++)
        {
            store.Put($"n{index}", "x");
        }

        store.Remove("n3");
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(store);
        await using var reader = new NoteReader(feed);
        var first = await reader.NextAsync();
        Assert.HasCount(10, first.Snapshot.Items);
        await reader.ReadToAsync(store.Position);
        Assert.AreEqual((1, 9), (reader.Snapshots, reader.Changes));
        Assert.IsTrue(reader.Equals(store));
    }

    [TestMethod]
    public async Task Write_is_not_missed_when_it_comes_while_the_state_is_read()
    {
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(_store);
        var reading = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        _store.Pause = () =>
        {
            reading.TrySetResult();
            return goOn.Task;
        };
        await using var reader = new NoteReader(feed);
        var first = reader.NextAsync();
        await reading.Task;
        _store.Put("a", "1");
        feed.Advance();
        goOn.SetResult();
        await first;
        Assert.IsEmpty(reader.State);
        await reader.ReadToAsync(_store.Position);
        Assert.IsTrue(reader.Equals(_store));
    }

    [TestMethod]
    public async Task Subscribers_end_with_the_stores_error_and_the_feed_goes_on_for_others()
    {
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(_store);
        await using var reader = new NoteReader(feed);
        await reader.NextAsync();
        _store.Pause = () => throw new LoopException(ErrorCodes.StoreUnavailable, "The disk is full.") { Retryable = true };
        feed.Advance();
        Assert.AreEqual(ErrorCodes.StoreUnavailable, (await Assert.ThrowsExactlyAsync<LoopException>(reader.NextAsync)).Code);

        _store.Pause = () => Task.CompletedTask;
        _store.Put("a", "1");
        await using var other = new NoteReader(feed);
        await other.NextAsync();
        Assert.IsTrue(other.Equals(_store));
    }

    [TestMethod]
    public async Task Completed_feed_ends_with_its_error()
    {
        using var feed = new StoredFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>(_store);
        await using var reader = new NoteReader(feed);
        await reader.NextAsync();
        feed.Complete(new LoopException("gone", "It is gone."));
        Assert.AreEqual("gone", (await Assert.ThrowsExactlyAsync<LoopException>(reader.NextAsync)).Code);
        await using var late = new NoteReader(feed);
        Assert.AreEqual("gone", (await Assert.ThrowsExactlyAsync<LoopException>(late.NextAsync)).Code);
    }
}
