namespace Loop.Sdk.Harness;

/// <summary>SplitMix64: the same numbers from the same seed on every runtime, and cheap to make, since every schedule has its own.</summary>
internal sealed class SeededRandom(long seed)
{
    private ulong _state = (ulong)seed;

    public ulong NextULong()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 to one less than <paramref name="limit"/>.</summary>
    public int Next(int limit) => (int)(NextULong() % (ulong)limit);

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public int Between(int min, int max) => min + Next(max - min + 1);

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(params ReadOnlySpan<T> values) => values[Next(values.Length)];

    public void Fill(Span<byte> bytes)
    {
        foreach (ref var value in bytes)
        {
            value = (byte)NextULong();
        }
    }
}
