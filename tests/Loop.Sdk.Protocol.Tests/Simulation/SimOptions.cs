using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Simulation;

/// <summary>Settings of one end, drawn so that every limit is near in some schedules.</summary>
internal static class SimOptions
{
    public static SessionOptions Draw(SeededRandom random)
    {
        var window = random.Pick<int>([FrameLimits.MinWindow, 40_000, 64 * 1024]);
        return new SessionOptions
        {
            Limits = new PeerLimits
            {
                StreamWindow = window,
                SessionWindow = random.Pick<int>([window, 100_000, 1024 * 1024]),
                MaxStreams = random.Pick<int>([1, 2, 4, 1024]),
                AckBytes = random.Pick<int>([1, 200, 4096, 32 * 1024]),
            },
            MaxStreamWindow = random.Pick<int>([64 * 1024, 100_000, 256 * 1024]),
            MaxQueued = random.Pick<int>([16 * 1024, 64 * 1024]),
            MaxReplay = random.Chance(3) ? 100_000 : 16 * 1024 * 1024,
        };
    }
}
