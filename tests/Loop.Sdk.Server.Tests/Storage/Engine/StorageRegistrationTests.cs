using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Tests.Storage.Engine;

[TestClass]
public sealed class StorageRegistrationTests
{
    [TestMethod]
    public async Task Rooms_are_kept_in_memory_unless_the_host_says_where()
    {
        var services = new ServiceCollection();
        services.AddLoopServer();
        await using var provider = services.BuildServiceProvider();
        Assert.IsInstanceOfType<MemoryRoomStorage>(provider.GetRequiredService<IRoomStorage>());
    }

    [TestMethod]
    public async Task Rooms_are_there_again_when_the_host_starts_again_on_the_same_file()
    {
        using var folder = new SqliteFolder();
        await using (var first = Services(folder.File))
        {
            await first.GetRequiredService<IRoomStorage>().Rooms.CreateAsync(Samples.Room(), CancellationToken.None);
        }

        await using var second = Services(folder.File);
        Assert.IsNotNull(await second.GetRequiredService<IRoomStorage>().Rooms.GetAsync("r1", CancellationToken.None));
    }

    [TestMethod]
    public async Task Host_does_not_start_when_the_file_is_damaged()
    {
        using var folder = new SqliteFolder();
        await File.WriteAllTextAsync(folder.File, "not a database");
        await using var provider = Services(folder.File);
        var host = provider.GetServices<IHostedService>().OfType<SqliteHost>().Single();
        Assert.AreEqual(ErrorCodes.StoreDamaged, Assert.ThrowsExactly<LoopException>(() => _ = host.StartingAsync(CancellationToken.None)).Code);
    }

    [TestMethod]
    [DataRow(0, 4096, 512)]
    [DataRow(4, 0, 512)]
    [DataRow(4, 4096, 10_001)]
    public async Task Options_out_of_range_are_refused(int readers, int queued, int batch)
    {
        await using var provider = Services("loop.db", options =>
        {
            options.ReadConnections = readers;
            options.MaxQueuedWrites = queued;
            options.MaxBatch = batch;
        });
        Assert.ThrowsExactly<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
    }

    private static ServiceProvider Services(string file, Action<SqliteStorageOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLoopServer().UseSqlite(file, configure);
        return services.BuildServiceProvider();
    }
}
