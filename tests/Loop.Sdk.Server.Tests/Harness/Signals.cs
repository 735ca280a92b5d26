namespace Loop.Sdk.Server.Tests.Harness;

internal static class Signals
{
    /// <summary>Waits for a token, however long that takes.</summary>
    public static async Task WhenCancelledAsync(CancellationToken token)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(() => signal.TrySetResult());
        await signal.Task.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
    }
}
