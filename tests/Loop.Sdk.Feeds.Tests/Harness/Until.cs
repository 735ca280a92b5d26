using System.Diagnostics;

namespace Loop.Sdk.Feeds.Tests.Harness;

internal static class Until
{
    /// <summary>Gives way to others until something is so, for what nobody announces.</summary>
    public static async Task TrueAsync(Func<bool> condition)
    {
        for (var started = Stopwatch.GetTimestamp(); !condition();)
        {
            Assert.IsLessThan(30, Stopwatch.GetElapsedTime(started).TotalSeconds, "It does not become so.");
            await Task.Yield();
        }
    }
}
