using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>One schedule: people do things and links break, in an order that the seed decides; then all is mended, and everybody must see the same. Several times over.</summary>
internal static class SimSchedule
{
    // Longer than anything takes that heals by itself: a session, and after a crash a participation, that nobody comes back to.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongStep = TimeSpan.FromSeconds(1);

    public static async Task<SimTally> RunAsync(long seed)
    {
        var world = await SimWorld.StartAsync(seed);
        await using (world)
        {
            try
            {
                var rounds = world.Random.Next(1, 4);
                for (var round = 1; round <= rounds; round++)
                {
                    await TryAsync(world);
                    await SettleAsync(world);
                    world.Note($"--- quiet point {round}");
                    world.Tally.Count("quiet points");
                }
            }
            catch (Exception exception)
            {
                throw new SimFailure($"{exception}{Environment.NewLine}{string.Join(Environment.NewLine, world.Trace.TakeLast(120))}");
            }
        }

        return world.Tally;
    }

    private static async Task TryAsync(SimWorld world)
    {
        var steps = world.Random.Next(20, 80);
        var troubles = world.Pick([0, 8, 15, 25]);
        for (var step = 0; step < steps; step++)
        {
            if (world.Chance(troubles))
            {
                await SimTrouble.MakeAsync(world);
            }
            else if (world.Pick(world.Users) is var user && world.Chance(70))
            {
                var most = TimeSpan.FromMilliseconds(world.Random.Next(100, 3000));
                if (!user.Doing.IsCompleted)
                {
                    await world.PassAsync(user.Doing, most, Step);
                }

                if (user.Doing.IsCompleted)
                {
                    await user.Doing;
                    SimDeeds.Begin(world, user);
                }
            }
            else
            {
                await world.PassAsync(user.Doing, TimeSpan.FromSeconds(1), Step);
            }
        }
    }

    private static async Task SettleAsync(SimWorld world)
    {
        world.Note("--- mended");
        world.Users.ForEach(SimTrouble.Mend);
        var deeds = Task.WhenAll(world.Users.Select(static user => user.Doing));
        await world.PassAsync(deeds, Patience, Step);
        SimFailure.Unless(deeds.IsCompleted, $"some never end: {string.Join(", ", world.Users.Where(static user => !user.Doing.IsCompleted).Select(static user => $"{user.Name} {user.Deed}"))}");
        await deeds;
        await AgreeAsync(world);
        await UntilAsync(world, () => SimCheck.FindDifferenceAsync(world));
        await HearAsync(world);
    }

    // An owner's devices are one member, which has the name that was given last. So only if they give the same one, there is one that everybody must see.
    private static async Task AgreeAsync(SimWorld world)
    {
        world.IsAgreed = world.Chance(50);
        if (world.IsAgreed)
        {
            var name = world.Users[0].Next();
            foreach (var place in world.Users.Where(static user => user.IsOwner).Select(user => user.Places.GetValueOrDefault(world.Rooms.First().Token)).OfType<SimPlace>())
            {
                var joining = SimDeeds.JoinAgainAsync(world, place, name);
                await world.PassAsync(joining, Patience, Step);
                SimFailure.Unless(joining.IsCompleted, "the owner's device does not get into the room");
                await joining;
            }
        }
    }

    // Somebody marks what they have read, until everybody who is there and has the key has heard of it.
    private static async Task HearAsync(SimWorld world)
    {
        var room = world.Rooms.First();
        var there = world.Users.Select(user => user.Places.GetValueOrDefault(room.Token)).OfType<SimPlace>()
            .Where(static place => place.IsJoined && place.Epochs.Contains(place.Room.Details.Epoch)).ToArray();
        if (there.Length < 2)
        {
            return;
        }

        var speaker = world.Pick(there);
        var mark = world.Random.Next(1, int.MaxValue);
        await UntilAsync(world, async () =>
        {
            var deaf = there.FirstOrDefault(place => !place.Heard(speaker.Room.MemberId, mark));
            if (deaf is not null)
            {
                await speaker.Room.Timeline.MarkReadAsync(mark);
            }

            return deaf is null ? null : $"{deaf.Room.ParticipantId} has not heard a signal";
        });
    }

    private static async Task UntilAsync(SimWorld world, Func<Task<string?>> findDifference)
    {
        for (var since = world.Clock.GetUtcNow(); ;)
        {
            var touched = world.WhenTouchedAsync();
            var finding = findDifference();
            await world.PassAsync(finding, Patience, Step);
            SimFailure.Unless(finding.IsCompleted, "the views cannot be asked");
            if (await finding is not { } difference)
            {
                return;
            }

            var passed = world.Clock.GetUtcNow() - since;
            SimFailure.Unless(passed < Patience, $"it never comes to rest: {difference}");
            await world.PassAsync(touched, TimeSpan.FromSeconds(5), passed < TimeSpan.FromSeconds(10) ? Step : LongStep);
        }
    }
}
