using System.Collections.Specialized;
using FsCheck;
using FsCheck.Fluent;
using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Views;

[TestClass]
public sealed class KeyedListProperties
{
    private static readonly Comparer<Note> ByText = Comparer<Note>.Create(static (one, other) => string.CompareOrdinal(one.Text, other.Text));

    private static readonly Arbitrary<List<List<(int Key, int Text)>>> Snapshots =
        Gen.Choose(0, 7).SelectMany(static _ => Gen.Choose(0, 3), static (key, text) => (key, text)).ListOf().Select(static list => list.ToList())
            .ListOf().Select(static lists => lists.ToList()).ToArbitrary();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void List_holds_the_last_snapshot_and_a_mirror_of_its_events_is_equal(bool ordered) =>
        Prop.ForAll(Snapshots, snapshots =>
        {
            var list = new KeyedList<string, Note>(static note => note.Id, ordered ? ByText : null);
            var mirror = new Mirror(list);
            foreach (var snapshot in snapshots.Select(ToNotes))
            {
                var before = list.ToList();
                mirror.Touched.Clear();
                list.Become(snapshot);
                var expected = snapshot.GroupBy(static note => note.Id).Select(static group => group.Last()).ToList();
                CollectionAssert.AreEquivalent(expected, list);
                CollectionAssert.AreEqual(mirror.Items, list);
                Assert.IsFalse(mirror.Touched.Any(note => before.Contains(note) && expected.Contains(note)), "What stays as it is is left alone.");
                Assert.IsTrue(!ordered || list.SequenceEqual(list.OrderBy(static note => note, ByText)), "The list is not in order.");
            }
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void List_is_the_same_by_single_changes_and_by_snapshots(bool ordered) =>
        Prop.ForAll(Snapshots, snapshots =>
        {
            var list = new KeyedList<string, Note>(static note => note.Id, ordered ? ByText : null);
            var expected = new Dictionary<string, Note>();
            foreach (var note in snapshots.SelectMany(ToNotes))
            {
                if (note.Text == "0")
                {
                    list.RemoveKey(note.Id);
                    expected.Remove(note.Id);
                }
                else
                {
                    list.Put(note);
                    expected[note.Id] = note;
                }
            }

            CollectionAssert.AreEquivalent(expected.Values, list);
            Assert.IsTrue(!ordered || list.SequenceEqual(list.OrderBy(static note => note, ByText)), "The list is not in order.");
        }).QuickCheckThrowOnFailure();

    private static List<Note> ToNotes(List<(int Key, int Text)> snapshot) => [.. snapshot.Select(static item => new Note($"k{item.Key}", $"{item.Text}"))];

    /// <summary>What a bound control shows: it knows only the events.</summary>
    private sealed class Mirror
    {
        public Mirror(KeyedList<string, Note> list) => list.CollectionChanged += (_, change) => Follow(change);

        public List<Note> Items { get; } = [];

        public List<Note> Touched { get; } = [];

        private void Follow(NotifyCollectionChangedEventArgs change)
        {
            switch (change.Action)
            {
                case NotifyCollectionChangedAction.Add:
                    Items.Insert(change.NewStartingIndex, (Note)change.NewItems![0]!);
                    Touched.Add((Note)change.NewItems[0]!);
                    break;
                case NotifyCollectionChangedAction.Remove:
                    Items.RemoveAt(change.OldStartingIndex);
                    Touched.Add((Note)change.OldItems![0]!);
                    break;
                case NotifyCollectionChangedAction.Replace:
                    Items[change.NewStartingIndex] = (Note)change.NewItems![0]!;
                    Touched.Add((Note)change.NewItems[0]!);
                    break;
                case NotifyCollectionChangedAction.Move:
                    Items.RemoveAt(change.OldStartingIndex);
                    Items.Insert(change.NewStartingIndex, (Note)change.NewItems![0]!);
                    Touched.Add((Note)change.NewItems[0]!);
                    break;
                default:
                    Assert.Fail("The list must never be reset.");
                    break;
            }
        }
    }
}
