using Loop.Sdk.Feeds.Tests.Harness;

namespace Loop.Sdk.Feeds.Tests.Remote;

[TestClass]
public sealed class ResubscriptionTests
{
    [TestMethod]
    public async Task Feed_subscribes_again_from_the_last_good_position_when_an_offset_is_missing()
    {
        var feed = new ScriptedFeed(
            _ => [ScriptedFeed.Snapshot(4), ScriptedFeed.Change(5), ScriptedFeed.Change(7)],
            from => [ScriptedFeed.Resumed(from!.Value.Offset), ScriptedFeed.Change(6), ScriptedFeed.Change(7)]);
        await using var link = new TestLink(new TestService { TallyFeed = () => feed });
        await using var reader = new FeedReader(link.Client.Tally());

        await reader.ReadToAsync(new FeedPosition(7, 7));

        CollectionAssert.AreEqual(new FeedPosition?[] { null, new FeedPosition(7, 5) }, feed.Asked);
        Assert.AreEqual(3, reader.Changes);
        Assert.HasCount(1, link.Time.Pauses);
    }

    [TestMethod]
    public async Task Feed_subscribes_again_when_an_offset_comes_twice()
    {
        var feed = new ScriptedFeed(
            _ => [ScriptedFeed.Snapshot(4), ScriptedFeed.Change(5), ScriptedFeed.Change(5)],
            _ => [ScriptedFeed.Resumed(5), ScriptedFeed.Change(6)]);
        await using var link = new TestLink(new TestService { TallyFeed = () => feed });
        await using var reader = new FeedReader(link.Client.Tally());

        await reader.ReadToAsync(new FeedPosition(7, 6));

        Assert.AreEqual(2, reader.Changes);
    }

    [TestMethod]
    public async Task Feed_fails_when_a_change_comes_before_anything_else()
    {
        var feed = new ScriptedFeed(_ => [ScriptedFeed.Change(1)]);
        await using var link = new TestLink(new TestService { TallyFeed = () => feed });
        await using var reader = new FeedReader(link.Client.Tally());

        var error = await Assert.ThrowsExactlyAsync<LoopException>(reader.NextAsync);

        Assert.AreEqual(ErrorCodes.ProtocolError, error.Code);
    }

    [TestMethod]
    public async Task Feed_fails_when_it_resumes_from_a_position_that_was_not_asked_for()
    {
        var feed = new ScriptedFeed(_ => [ScriptedFeed.Resumed(1)]);
        await using var link = new TestLink(new TestService { TallyFeed = () => feed });
        await using var reader = new FeedReader(link.Client.Tally());

        var error = await Assert.ThrowsExactlyAsync<LoopException>(reader.NextAsync);

        Assert.AreEqual(ErrorCodes.ProtocolError, error.Code);
    }

    [TestMethod]
    public async Task Feed_pauses_longer_and_longer_up_to_a_bound_when_the_server_refuses_for_the_moment()
    {
        var refusals = 0;
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService
        {
            TallyFeed = () => ++refusals <= 12 ? throw new LoopException(ErrorCodes.RateLimited, "Later.") { Retryable = true } : source,
        });
        await using var reader = new FeedReader(link.Client.Tally());

        await reader.NextAsync();

        var pauses = link.Time.Pauses.Select(static pause => pause.TotalMilliseconds).ToList();
        Assert.HasCount(12, pauses);
        for (var index = 0; index < pauses.Count; index++)
        {
            var longest = Math.Min(30_000, 250 * Math.Pow(2, index));
            Assert.IsTrue(pauses[index] >= longest / 2 && pauses[index] <= longest, $"Pause {index} is {pauses[index]} ms.");
        }
    }

    [TestMethod]
    public async Task Feed_fails_at_once_when_the_server_refuses_for_good()
    {
        var refusals = 0;
        await using var link = new TestLink(new TestService
        {
            TallyFeed = () =>
            {
                refusals++;
                throw new LoopException(ErrorCodes.PermissionDenied, "Not for you.");
            },
        });
        await using var reader = new FeedReader(link.Client.Tally());

        var error = await Assert.ThrowsExactlyAsync<LoopException>(reader.NextAsync);

        Assert.AreEqual(ErrorCodes.PermissionDenied, error.Code);
        Assert.AreEqual(1, refusals);
    }

    [TestMethod]
    public async Task Feed_pauses_when_it_gets_a_dead_session_again()
    {
        using var source = Tally.NewSource();
        await using var link = new TestLink(new TestService { TallyFeed = () => source });
        await using var reader = new FeedReader(link.Client.Tally());
        await reader.NextAsync();

        link.ClientEnd.Session.Close(new LoopException(ErrorCodes.KeepAliveTimeout, "The peer is silent."));
        var next = reader.NextAsync();
        await Until.TrueAsync(() => link.Time.Pauses.Count >= 3);
        await link.LoseSessionAsync();
        link.NewSession();

        Assert.AreEqual(FeedEventKind.Resumed, (await next).Kind);
    }
}
