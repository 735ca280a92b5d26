namespace Loop.Sdk.Tests.Harness;

/// <summary>What is awaited comes, or the test fails; no test waits for time to pass.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);
}
