using Loop.Sdk.Harness;

namespace Loop.Sdk.Simulation;

/// <summary>One connection: two pipes, and what each end knows of it.</summary>
internal sealed class SimConnection : IDisposable
{
    public SimPipe ToServer { get; } = new();

    public SimPipe ToClient { get; } = new();

    /// <summary>Whether the server has answered the hello.</summary>
    public bool ServerGreeted { get; set; }

    /// <summary>Whether the client has taken the welcome.</summary>
    public bool ClientGreeted { get; set; }

    public bool ServerLeft { get; set; }

    public bool ClientLeft { get; set; }

    /// <summary>Whether nothing more can happen on it.</summary>
    public bool IsDone => ServerLeft && ClientLeft;

    /// <summary>Breaks the connection: of what is under way, some may still arrive on either side.</summary>
    public void Cut(SeededRandom random)
    {
        CutPipe(ToServer, random);
        CutPipe(ToClient, random);
    }

    public void Dispose()
    {
        ToServer.Dispose();
        ToClient.Dispose();
    }

    private static void CutPipe(SimPipe pipe, SeededRandom random)
    {
        if (!pipe.IsCut)
        {
            pipe.Cut(random.Chance(30) ? pipe.InFlight : random.Next(pipe.InFlight + 1));
        }
    }
}
