namespace Loop.Sdk.InteropTests.Harness;

/// <summary>The programs of others that tests need.</summary>
internal static class ForeignPrograms
{
    /// <summary>A program is not installed: under continuous integration that fails; elsewhere the tests that need it are skipped, by name.</summary>
    public static void Missing(string program)
    {
        if (Environment.GetEnvironmentVariable("CI") is "true" or "1")
        {
            Assert.Fail($"{program} is not installed.");
        }
    }
}
