using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Sources;

[TestClass]
public sealed class KeyedFeedSourceTests
{
    private static readonly Note Milk = new("milk", "two litres");
    private static readonly Note Bread = new("bread", "dark");

    [TestMethod]
    public async Task Keyed_source_sends_items_when_they_are_put_and_keys_when_they_are_removed()
    {
        using var source = NewSource(Milk);
        await using var link = new TestLink(new TestService { NotesFeed = () => source });
        await using var events = link.Client.Notes().SubscribeAsync().GetAsyncEnumerator();

        await events.MoveNextAsync();
        CollectionAssert.AreEqual(new[] { Milk }, events.Current.Snapshot.Items.ToList());
        source.Put(Bread);
        await events.MoveNextAsync();
        CollectionAssert.AreEqual(new[] { Bread }, events.Current.Change.Put!.ToList());
        Assert.IsNull(events.Current.Change.Removed);
        source.Remove("milk");
        await events.MoveNextAsync();
        CollectionAssert.AreEqual(new[] { "milk" }, events.Current.Change.Removed!.ToList());
        Assert.IsNull(events.Current.Change.Put);
    }

    [TestMethod]
    public async Task Keyed_source_makes_one_change_when_several_are_made_in_a_batch()
    {
        using var source = NewSource(Milk);
        await using var events = source.SubscribeAsync().GetAsyncEnumerator();
        await events.MoveNextAsync();

        source.Update(static batch =>
        {
            Assert.IsTrue(batch.TryGet("milk", out var milk));
            batch.Put(milk with { Text = "none" });
            batch.Put(Bread);
            Assert.IsTrue(batch.Remove("milk"));
            Assert.IsFalse(batch.Remove("milk"));
            Assert.IsFalse(batch.TryGet("milk", out _));
            batch.Put(new Note("soap", ""));
            Assert.IsTrue(batch.Remove("soap"));
        });

        await events.MoveNextAsync();
        Assert.AreEqual(source.Position, events.Current.Position);
        CollectionAssert.AreEqual(new[] { Bread }, events.Current.Change.Put!.ToList());
        CollectionAssert.AreEqual(new[] { "milk" }, events.Current.Change.Removed!.ToList());
        CollectionAssert.AreEqual(new[] { Bread }, source.Items.ToList());
    }

    [TestMethod]
    public void Keyed_source_is_as_before_when_a_batch_fails()
    {
        using var source = NewSource(Milk);
        var position = source.Position;

        Assert.ThrowsExactly<NotSupportedException>(() => source.Update(static batch =>
        {
            batch.Remove("milk");
            throw new NotSupportedException();
        }));

        Assert.AreEqual(position, source.Position);
        Assert.IsTrue(source.TryGet("milk", out _));
    }

    [TestMethod]
    public void Keyed_source_sends_nothing_when_nothing_changes()
    {
        using var source = NewSource(Milk);
        var position = source.Position;

        Assert.IsFalse(source.Remove("soap"));
        source.Update(static batch => batch.Remove("soap"));

        Assert.AreEqual(position, source.Position);
        Assert.AreEqual(1, source.Count);
    }

    private static KeyedFeedSource<string, Note> NewSource(params Note[] notes) => new(static note => note.Id, notes);
}
