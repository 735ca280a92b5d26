using Loop.Sdk.Harness;

namespace Loop.Sdk.Simulation;

/// <summary>One schedule: some trouble in an order that the seed decides, then a healthy link, then the promises are checked.</summary>
internal static class SimSchedule
{
    private const int MaxRounds = 20_000;

    /// <summary>Runs the schedule. True if the session was lost, for a reason that allows it.</summary>
    public static bool Run(long seed)
    {
        using var world = new SimWorld(seed);
        var random = world.Random;
        var steps = random.Between(30, 250);
        var faults = random.Pick<int>([0, 2, 6, 12]);
        for (var step = 0; step < steps; step++)
        {
            if (random.Chance(faults))
            {
                Trouble(world);
            }
            else
            {
                Go(world);
            }
        }

        if (random.Chance(3) && world.Server.Connection is null)
        {
            world.Server.Expire();
        }

        Settle(world);
        return Verify(world);
    }

    private static void Go(SimWorld world)
    {
        var random = world.Random;
        var dice = random.Next(100);
        if (dice < 30)
        {
            if (world.Actors.Count > 0)
            {
                world.Actors[random.Next(world.Actors.Count)].Step(random);
            }
        }
        else if (dice < 55)
        {
            (random.Chance(50) ? (SimEndpoint)world.Client : world.Server).Write();
        }
        else if (dice < 85)
        {
            if (world.AnyConnection() is { } connection)
            {
                world.Deliver(connection, random.Chance(50), all: false);
            }
            else
            {
                world.Client.Connect();
            }
        }
        else if (dice < 93)
        {
            world.StartCall();
        }
        else if (dice < 95)
        {
            world.StartPush();
        }
        else if (world.Client.Connection is null && world.Client.Attempt is null)
        {
            world.Client.Connect();
        }
    }

    private static void Trouble(SimWorld world)
    {
        var random = world.Random;
        switch (random.Next(6))
        {
            case 0:
                world.AnyConnection()?.Cut(random);
                break;
            case 1:
                world.Client.Connect();
                break;
            case 2 when world.Server.Connection is { } connection:
                world.Server.Leave(connection);
                break;
            case 3 when world.Actors.Count > 0:
                world.Actors[random.Next(world.Actors.Count)].GiveUp(random);
                break;
            case 4:
                world.Pass(random.Between(1, 20_000));
                world.Client.Tick();
                world.Server.Tick();
                break;
            default:
                SessionProbe.CheckBooks(world.Client.Session, world.Client.Options);
                SessionProbe.CheckBooks(world.Server.Session, world.Server.Options);
                break;
        }
    }

    private static void Settle(SimWorld world)
    {
        var moved = true;
        for (var round = 0; moved; round++)
        {
            SimFailure.Unless(round < MaxRounds, "the schedule never comes to rest");
            moved = world.Exchange();
            for (var index = 0; index < world.Actors.Count; index++)
            {
                while (world.Actors[index].Step(world.Random))
                {
                    moved = true;
                }
            }
        }
    }

    private static bool Verify(SimWorld world)
    {
        var (client, server) = (world.Client, world.Server);

        // What is not acknowledged by bytes is acknowledged by the next ping.
        client.Session.Ping(world.Now);
        Settle(world);
        var lost = client.Session.Closed is not null || server.Session.Closed is not null;
        if (lost)
        {
            SimFailure.Unless(client.GaveUp || server.GaveUp, $"the session was lost for no reason: {client.Session.Closed?.Code} {server.Session.Closed?.Code}");

            // The server hears nothing more of a client that gave up, and ends the session when its time is over.
            server.Session.Close(new LoopException(ErrorCodes.SessionLost, "The session expired."));
            SimFailure.Unless(client.Session.Closed is not null, "only the server knows that the session is lost");
        }

        foreach (var actor in world.Actors)
        {
            actor.Verify(lost);
        }

        foreach (var endpoint in (ReadOnlySpan<SimEndpoint>)[client, server])
        {
            SimFailure.Unless(endpoint.Session.OpenStreams == 0, "a stream was left open");
            SimFailure.Unless(endpoint.Session.Unacknowledged == 0, "the log keeps what was acknowledged");
            SimFailure.Unless(SessionProbe.Assembling(endpoint.Session) == 0, "a part of a message was left behind");
            if (!lost)
            {
                SessionProbe.CheckBooks(endpoint.Session, endpoint.Options);
            }
        }

        if (!lost)
        {
            SimFailure.Unless(SessionProbe.SendCredit(client.Session) == SessionProbe.ReceiveCredit(server.Session), "the ends disagree about the client's credit");
            SimFailure.Unless(SessionProbe.SendCredit(server.Session) == SessionProbe.ReceiveCredit(client.Session), "the ends disagree about the server's credit");
        }

        return lost;
    }
}
