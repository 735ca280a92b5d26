using Loop.Sdk.Harness;

namespace Loop.Sdk.Simulation;

/// <summary>The script of one call: what each end sends, decided in advance so that each end can check the other.</summary>
internal sealed class SimCall
{
    public SimCall(int number, SeededRandom random)
    {
        Number = number;
        var kind = random.Next(5);
        OpenerSizes = Sizes(random, kind is 2 or 3 ? random.Between(1, 5) : 1);
        AcceptorSizes = Sizes(random, kind is 1 or 3 ? random.Between(0, 5) : 1);
        AcceptorWaits = kind is 0 or 2 || random.Chance(30);
        IsRefused = random.Chance(2);
        EndsWithMessage = random.Chance(60);
        Weight = random.Between(1, 4);
        DeadlineMs = random.Chance(5) ? random.Between(1, 20_000) : 0;
    }

    public int Number { get; }

    public int[] OpenerSizes { get; }

    public int[] AcceptorSizes { get; }

    /// <summary>Whether the acceptor answers only once it has the whole request.</summary>
    public bool AcceptorWaits { get; }

    public bool IsRefused { get; }

    /// <summary>Whether the end of a half goes with the last message, or by itself after it.</summary>
    public bool EndsWithMessage { get; }

    public int Weight { get; }

    public long DeadlineMs { get; }

    /// <summary>Whether either end did not let the call run to its end.</summary>
    public bool IsAborted { get; set; }

    public bool IsAccepted { get; set; }

    private static int[] Sizes(SeededRandom random, int count)
    {
        var sizes = new int[count];
        foreach (ref var size in sizes.AsSpan())
        {
            var dice = random.Next(100);
            var limit = dice < 50 ? 64 : dice < 80 ? 2048 : dice < 94 ? 20 * 1024 : dice < 99 ? 70 * 1024 : SimPattern.Largest;
            size = dice < 5 ? 0 : random.Next(limit + 1);
        }

        return sizes;
    }
}
