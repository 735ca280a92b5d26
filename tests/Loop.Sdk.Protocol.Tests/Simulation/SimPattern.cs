using Loop.Sdk.Harness;

namespace Loop.Sdk.Simulation;

/// <summary>What messages consist of: a place in one array of noise, so that making and checking a message costs no more than a comparison.</summary>
internal static class SimPattern
{
    public const int Largest = 200 * 1024;

    private const int Places = 64 * 1024;

    private static readonly byte[] Noise = Make();

    public static ReadOnlyMemory<byte> Of(int call, bool fromOpener, int index, int size)
    {
        var place = ((call * 7919) + (index * 104_729) + (fromOpener ? 31 : 0)) & (Places - 1);
        return Noise.AsMemory(place, size);
    }

    private static byte[] Make()
    {
        var noise = new byte[Places + Largest];
        new SeededRandom(1).Fill(noise);
        return noise;
    }
}
