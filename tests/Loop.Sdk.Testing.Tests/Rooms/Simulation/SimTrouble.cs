namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>What links, and the server, do to people.</summary>
internal static class SimTrouble
{
    // Longer than a server waits for a session, with all that has to time out before.
    private static readonly TimeSpan LongAbsence = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    public static async Task MakeAsync(SimWorld world)
    {
        var user = world.Pick(world.Users);
        var dice = world.Random.Next(100);
        switch (dice)
        {
            case < 25:
                Note(world, user, "cut");
                user.Link.Cut();
                break;
            case < 50:
                var (direction, bytes) = (world.Chance(50) ? LinkDirection.ToServer : LinkDirection.ToClient, world.Random.Next(4000));
                Note(world, user, $"cut after {bytes} {direction}");
                user.Link.CutAfter(direction, bytes);
                break;
            case < 62:
                Note(world, user, "frozen");
                user.Link.IsFrozen = true;
                break;
            case < 74:
                Note(world, user, "unreachable");
                user.Link.IsRefusing = true;
                user.Link.Cut();
                break;
            case < 82:
                Note(world, user, "delayed");
                user.Link.Delay = TimeSpan.FromMilliseconds(world.Random.Next(1, 500));
                break;
            case < 90:
                Note(world, user, "mended");
                Mend(user);
                break;
            case < 96:
                Note(world, user, "lost");
                user.Link.IsRefusing = true;
                user.Link.Cut();
                await world.Clock.AdvanceUntilAsync(Task.Delay(LongAbsence, world.Clock), Step);
                user.Link.IsRefusing = false;
                break;
            default:
                Note(world, user, "restart");
                await world.World.Host.RestartAsync();
                break;
        }
    }

    public static void Mend(SimUser user)
    {
        user.Link.Delay = TimeSpan.Zero;
        user.Link.IsFrozen = user.Link.IsRefusing = false;
    }

    private static void Note(SimWorld world, SimUser user, string what)
    {
        world.Tally.Count($"link {what.Split(' ')[0]}");
        world.Note($"link of {user.Name}: {what}");
    }
}
