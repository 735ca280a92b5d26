namespace Loop.Sdk.WebRtc.Ice.Simulation;

/// <summary>Spoils sound input, a little or a lot, and runs a target on many such inputs.</summary>
internal static class SimMutator
{
    private const int NightlyFactor = 50;

    // Values at which lengths, types and names change their meaning.
    private static readonly byte[] Telling = [0x00, 0x01, 0x03, 0x04, 0x08, 0x20, 0x2E, 0x40, 0x4F, 0x7F, 0x80, 0xC0, 0xFF];

    public static void Run(int count, Action<SimRandom> target)
    {
        var factor = Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1" ? NightlyFactor : 1;
        for (var seed = 0; seed < count * factor; seed++)
        {
            try
            {
                target(new SimRandom(seed));
            }
            catch (Exception exception) when (exception is not UnitTestAssertException)
            {
                Assert.Fail($"Input {seed}: {exception}");
            }
        }
    }

    public static byte[] Mutate(byte[] sound, SimRandom random)
    {
        if (random.Chance(3))
        {
            var noise = new byte[random.Next(120)];
            random.Fill(noise);
            return noise;
        }

        var bytes = new List<byte>(sound);
        for (var change = random.Between(0, 4); change > 0; change--)
        {
            var place = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when place < bytes.Count:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when place < bytes.Count:
                    bytes[place] = random.Pick<byte>(Telling);
                    break;
                case 2:
                    bytes.Insert(place, random.Pick<byte>(Telling));
                    break;
                case 3 when place < bytes.Count:
                    bytes.RemoveAt(place);
                    break;
                case 4:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                default:
                    bytes.InsertRange(place, bytes.GetRange(place, random.Next(Math.Min(bytes.Count - place, 64) + 1)));
                    break;
            }
        }

        return [.. bytes];
    }
}
