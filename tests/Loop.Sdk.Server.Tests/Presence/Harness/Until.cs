namespace Loop.Sdk.Server.Tests.Presence.Harness;

internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something is so that nobody announces.</summary>
    public static async Task SoAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.IsFalse(patience.IsCancellationRequested, "It does not become so.");
            await Task.Yield();
        }
    }
}
