using System.Diagnostics;
using Loop.Sdk.Server.Tests.Storage;
using Loop.Sdk.Server.Tests.UserAgent.Import.Harness;

namespace Loop.Sdk.Server.Tests.UserAgent.Import;

[TestClass]
public sealed class ImportKillTests
{
    [TestMethod]
    public async Task Nothing_is_imported_when_the_process_is_killed_in_the_middle()
    {
        using var folder = new SqliteFolder();
        using var places = PlacesMaker.Large(2000, 5);
        using (var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { typeof(ImportWorker).Assembly.Location, ImportWorker.Name, folder.File, places.File },
            RedirectStandardOutput = true,
        })!)
        {
            Assert.AreEqual(ImportWorker.Half, await process.StandardOutput.ReadLineAsync());
            process.Kill();
            await process.WaitForExitAsync();
        }

        await using var world = new ImportWorld(database: folder.File);
        Assert.AreEqual("{\"Items\":[],\"Stars\":[],\"Offset\":0}", await world.ReadAllAsync());
        Assert.AreEqual(2000, (await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File)).Places);
        await UserAgentRebuild.CheckAsync(world.Database);
    }
}
