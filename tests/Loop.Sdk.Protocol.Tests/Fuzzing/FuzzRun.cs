using Loop.Sdk.Harness;

namespace Loop.Sdk.Fuzzing;

/// <summary>Runs a target on many inputs, each made from a seed of its own.</summary>
internal static class FuzzRun
{
    private const int NightlyFactor = 50;

    /// <summary>For a target that throws what is meant for bad input, and nothing else.</summary>
    public static void Run(int count, Action<SeededRandom> target)
    {
        var refused = 0;
        RunQuiet(count, random =>
        {
            try
            {
                target(random);
            }
            catch (LoopException error)
            {
                Assert.IsFalse(string.IsNullOrEmpty(error.Code));
                refused++;
            }
        });
        Assert.IsTrue(refused > 0 && refused < count * NightlyFactor, "Some inputs are to be refused, and some are not.");
    }

    /// <summary>For a target that never throws.</summary>
    public static void RunQuiet(int count, Action<SeededRandom> target)
    {
        var nightly = Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1";
        for (var seed = 0; seed < count * (nightly ? NightlyFactor : 1); seed++)
        {
            try
            {
                target(new SeededRandom(seed));
            }
            catch (Exception exception)
            {
                Assert.Fail($"Input {seed}: {exception}");
            }
        }
    }
}
