using System.Collections.Specialized;
using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Views;

[TestClass]
public sealed class LiveCollectionTests
{
    [TestMethod]
    public async Task Collection_follows_its_feed_when_items_come_change_and_go()
    {
        using var source = new KeyedFeedSource<string, Note>(static note => note.Id, [new("a", "1"), new("b", "1")]);
        await using var notes = source.ToLiveCollection(static note => note.Id);
        await notes.WhenReadyAsync();

        source.Put(new("c", "1"));
        source.Put(new("a", "2"));
        source.Remove("b");

        await Until.TrueAsync(() => notes.Position == source.Position);
        CollectionAssert.AreEqual(new Note[] { new("a", "2"), new("c", "1") }, notes);
        Assert.IsTrue(notes.TryGet("a", out var note));
        Assert.AreEqual("2", note.Text);
        Assert.IsFalse(notes.TryGet("b", out _));
    }

    [TestMethod]
    public async Task Collection_changes_only_what_is_different_when_a_snapshot_comes()
    {
        using var before = new KeyedFeedSource<string, Note>(static note => note.Id, [new("a", "1"), new("b", "1"), new("c", "1"), new("d", "1")]);
        using var after = new KeyedFeedSource<string, Note>(static note => note.Id, [new("e", "1"), new("d", "1"), new("c", "2"), new("a", "1")]);
        var source = before;
        await using var link = new TestLink(new TestService { NotesFeed = () => source });
        await using var notes = link.Client.Notes().ToLiveCollection(static note => note.Id);
        await notes.WhenReadyAsync();
        var changes = new List<string>();
        notes.CollectionChanged += (_, change) => changes.Add(change.Action switch
        {
            NotifyCollectionChangedAction.Add => $"+{((Note)change.NewItems![0]!).Id}",
            NotifyCollectionChangedAction.Remove => $"-{((Note)change.OldItems![0]!).Id}",
            NotifyCollectionChangedAction.Replace => $"={((Note)change.NewItems![0]!).Id}",
            _ => change.Action.ToString(),
        });

        await link.LoseSessionAsync();
        source = after;
        link.NewSession();

        await Until.TrueAsync(() => notes.Position == after.Position);
        CollectionAssert.AreEquivalent(new[] { "-b", "=c", "+e" }, changes);
        CollectionAssert.AreEqual(new Note[] { new("a", "1"), new("c", "2"), new("d", "1"), new("e", "1") }, notes);
    }

    [TestMethod]
    public async Task Collection_tells_of_its_state_when_it_changes()
    {
        using var source = new KeyedFeedSource<string, Note>(static note => note.Id);
        var context = new QueueContext();
        var notes = context.Make(() => source.ToLiveCollection(static note => note.Id));
        var told = new List<string?>();
        var outside = 0;
        notes.PropertyChanged += (_, change) => told.Add(change.PropertyName);
        notes.CollectionChanged += (_, _) => outside += QueueContext.IsInside ? 0 : 1;

        context.RunUntil(() => notes.IsLive);
        source.Put(new("a", "1"));
        context.RunUntil(() => notes.Count == 1);

        CollectionAssert.AreEqual(new[] { "Position", "IsLive", "Count", "Item[]", "Position" }, told);
        Assert.AreEqual(0, outside);
        await notes.DisposeAsync();
    }
}
