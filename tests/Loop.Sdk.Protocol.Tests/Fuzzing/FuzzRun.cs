using Loop.Sdk.Harness;

namespace Loop.Sdk.Fuzzing;

/// <summary>Runs a target on many inputs, each made from a seed of its own, and lets no exception through but the one that is meant for it.</summary>
internal static class FuzzRun
{
    private const int NightlyFactor = 50;

    public static void Run(int count, Action<SeededRandom> target)
    {
        var nightly = Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1";
        var refused = 0;
        for (var seed = 0; seed < count * (nightly ? NightlyFactor : 1); seed++)
        {
            try
            {
                target(new SeededRandom(seed));
            }
            catch (LoopException error)
            {
                Assert.IsFalse(string.IsNullOrEmpty(error.Code));
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Input {seed}: {exception}");
            }
        }

        Assert.IsTrue(refused > 0 && refused < count * NightlyFactor, "Some inputs are to be refused, and some are not.");
    }
}
