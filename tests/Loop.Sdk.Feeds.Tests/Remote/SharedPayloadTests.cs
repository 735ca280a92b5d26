using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Remote;

[TestClass]
public sealed class SharedPayloadTests
{
    [TestMethod]
    public async Task Change_is_serialised_once_when_a_hundred_subscribers_get_it()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        var readers = Enumerable.Range(0, 100).Select(_ => new FeedReader(link.Client.Tally())).ToList();
        foreach (var reader in readers)
        {
            await reader.NextAsync();
        }

        var step = new Step { Number = 1 };
        source.Publish(step);
        foreach (var reader in readers)
        {
            await reader.ReadToAsync(source.Position);
        }

        Assert.AreEqual(1, step.Serialised());
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task Change_is_serialised_once_when_a_hundred_subscribers_catch_up_with_it()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        var from = source.Position;
        var step = new Step { Number = 1 };
        source.Publish(step);
        Assert.AreEqual(0, step.Serialised(), "Nobody needs it yet.");

        for (var count = 0; count < 100; count++)
        {
            await using var reader = new FeedReader(link.Client.Tally(), from, Tally.Empty);
            await reader.NextAsync();
            await reader.ReadToAsync(source.Position);
        }

        Assert.AreEqual(1, step.Serialised());
    }

    [TestMethod]
    public async Task Snapshot_is_taken_once_when_many_subscribe_at_the_same_position()
    {
        var taken = 0;
        using var source = new FeedSource<Tally, Step>(
            () =>
            {
                taken++;
                return Tally.Empty;
            },
            static _ => { });
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        var anchor = source.Snapshot;
        var readers = Enumerable.Range(0, 50).Select(_ => new FeedReader(link.Client.Tally())).ToList();
        await Task.WhenAll(readers.Select(static reader => reader.NextAsync()));

        // What is shared may be collected at any time, but not once for each.
        Assert.IsLessThan(10, taken);
        Assert.AreSame(Tally.Empty, anchor);
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }
}
