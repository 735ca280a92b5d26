using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class FollowingTests
{
    [TestMethod]
    public async Task Followers_hear_of_changes_that_could_not_be_read_at_first()
    {
        var failing = new FailingStorage();
        await using var world = await RoomsWorld.StartAsync((_, builder) => failing.AddTo(builder.Services));
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await using var seen = ada.Participants(token);
        await bob.JoinAsync(token);
        await seen.UntilAsync(static state => state.Count == 1);
        failing.FailLists = true;
        await bob.Rooms.LeaveAsync(new RoomRef(token));
        await failing.ListFailed;
        failing.FailLists = false;
        await world.PassUntilAsync(seen.UntilAsync(static state => state.Count == 0), ada, bob);
        Assert.AreEqual(1, seen.Count(FeedEventKind.Snapshot));
    }

    [TestMethod]
    public async Task All_followers_see_the_same_people_after_many_came_and_went()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.MaxParticipants = 20);
        var ada = world.User("ada");
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var followers = Enumerable.Range(0, 5).Select(_ => ada.Participants(token)).ToList();
        await using var list = ada.List();
        var users = Enumerable.Range(0, 15).Select(index => world.User($"u{index}")).ToList();
        await Task.WhenAll(users.Select(async (user, index) =>
        {
            for (var round = 0; round < 10; round++)
            {
                await user.JoinAsync(token, $"u{index}-{round}");
                if ((index + round) % 3 > 0)
                {
                    await user.Rooms.LeaveAsync(new RoomRef(token));
                }
            }
        }));
        var there = (await ada.Rooms.GetAsync(new RoomRef(token))).Participants!.Select(static participant => participant.Id).Order().ToList();
        Assert.HasCount(5, there);
        foreach (var follower in followers)
        {
            await follower.UntilAsync(state => state.Keys.Order().SequenceEqual(there));
            await follower.DisposeAsync();
        }

        await list.UntilAsync(state => state.GetValueOrDefault(token)?.Participants!.Select(static participant => participant.Id).Order().SequenceEqual(there) is true);
    }
}
