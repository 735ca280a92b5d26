using Loop.Sdk.Server.UserAgent;

namespace Loop.Sdk.Server.Tests.UserAgent.Import.Harness;

/// <summary>The process that is killed in the middle of an import.</summary>
internal static class ImportWorker
{
    public const string Name = "import";
    public const string Half = "half";

    public static async Task RunAsync(string database, string places)
    {
        await using var world = new ImportWorld(database: database);
        await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places, new Halt());
    }

    private sealed class Halt : IProgress<UserAgentImportProgress>
    {
        public void Report(UserAgentImportProgress value)
        {
            Console.WriteLine(Half);
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
