using System.Diagnostics;
using System.Diagnostics.Metrics;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Storage.Engine;
using Loop.Sdk.Server.Tests.UserAgent.Harness;
using Loop.Sdk.Server.UserAgent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Tests.Storage.Kill;

[TestClass]
public sealed class ForgetKillTests
{
    [TestMethod]
    public async Task What_was_forgotten_is_gone_from_the_files_when_the_next_process_starts_after_a_kill()
    {
        using var folder = new SqliteFolder();
        using (var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { typeof(ForgetWorker).Assembly.Location, ForgetWorker.Name, folder.File },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!)
        {
            Assert.AreEqual(ForgetWorker.Deleted, await process.StandardOutput.ReadLineAsync());
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.IsNotEmpty(SecretPlaces.Find(folder), "What is to be removed is there.");
        await using var database = folder.Open();
        var store = new SqliteUserAgentStorage(database);
        Assert.IsTrue(await store.IsUnsettledAsync(CancellationToken.None));
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var core = new UserAgentCore(store, Options.Create(new UserAgentOptions()), TimeProvider.System, new UserAgentMetrics(meters), NullLogger<UserAgentCore>.Instance);
        await using var service = new UserAgentHost(core);
        await service.StartAsync(CancellationToken.None);
        await Until.TrueAsync(async () => !await store.IsUnsettledAsync(CancellationToken.None));
        Assert.AreEqual("", string.Join(' ', SecretPlaces.Find(folder)));
        await UserAgentRebuild.CheckAsync(database);
    }
}
