namespace Loop.Sdk.Server.Tests.UserAgent.Harness;

/// <summary>For the few things that happen without an event.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Yield();
        }
    }
}
