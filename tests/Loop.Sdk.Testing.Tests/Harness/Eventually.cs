namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>For the few things that happen without an event.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
