using Loop.Sdk.Server.Tests.Storage.Kill;

namespace Loop.Sdk.Server.Tests;

/// <summary>Lets the assembly run as a process of its own, for tests that kill it.</summary>
internal static class EntryPoint
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is [KillWorker.Name, var file, var round])
        {
            await KillWorker.RunAsync(file, round);
        }

        return 0;
    }
}
