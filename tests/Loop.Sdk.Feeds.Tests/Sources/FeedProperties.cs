using FsCheck;
using FsCheck.Fluent;
using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Sources;

[TestClass]
public sealed class FeedProperties
{
    /// <summary>What is done to a source with three subscribers: 0 publishes, others let a subscriber read once or subscribe anew from where it was.</summary>
    [TestMethod]
    public void Every_subscriber_arrives_at_the_source_s_state_whatever_happens_in_whatever_order() =>
        Prop.ForAll(
            Gen.Choose(0, 6).ListOf().ToArbitrary(),
            Gen.Choose(0, 5).ToArbitrary(),
            (actions, history) => Run([.. actions], history).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    [TestMethod]
    public async Task Every_subscriber_arrives_at_the_source_s_state_when_they_come_while_many_publish()
    {
        using var source = Tally.NewSource(new FeedOptions { HistoryCount = 20 });
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        const int Publishers = 4, Each = 500;
        var end = new FeedPosition(source.Position.Epoch, Publishers * Each);
        var publishing = Enumerable.Range(0, Publishers).Select(publisher => Task.Run(async () =>
        {
            for (var number = 0; number < Each; number++)
            {
                source.Publish(new Step { Number = (publisher * Each) + number });
                if (number % 8 == 0)
                {
                    await Task.Yield();
                }
            }
        })).ToList();
        var subscribing = Enumerable.Range(0, 40).Select(index => Task.Run(async () =>
        {
            await Until.TrueAsync(() => source.Position.Offset >= index * (Publishers * Each / 40));
            await using var reader = new FeedReader(index % 2 == 0 ? link.Client.Tally() : source);
            await reader.ReadToAsync(end);
            return reader.State;
        })).ToList();

        await Task.WhenAll(publishing);

        foreach (var state in await Task.WhenAll(subscribing))
        {
            Assert.AreEqual(source.Snapshot, state);
        }
    }

    private static async Task<bool> Run(int[] actions, int history)
    {
        using var source = Tally.NewSource(new FeedOptions { HistoryCount = history });
        var readers = new FeedReader[] { new(source), new(source), new(source) };
        var number = 0;
        foreach (var action in actions)
        {
            var index = (action - 1) % 3;
            switch (action)
            {
                case 0:
                    source.Publish(new Step { Number = ++number });
                    break;
                case <= 3 when readers[index].State is null || readers[index].Position != source.Position:
                    await readers[index].NextAsync();
                    break;
                case > 3 when readers[index].State is { } known:
                    var position = readers[index].Position;
                    await readers[index].DisposeAsync();
                    readers[index] = new FeedReader(source, position, known);
                    break;
            }
        }

        var equal = true;
        foreach (var reader in readers)
        {
            await reader.ReadToAsync(source.Position);
            equal &= reader.State == source.Snapshot;
            await reader.DisposeAsync();
        }

        return equal;
    }
}
