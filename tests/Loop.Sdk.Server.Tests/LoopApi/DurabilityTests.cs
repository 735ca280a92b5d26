using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Loop.Sdk.Server.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.LoopApi;

[TestClass]
public sealed class DurabilityTests
{
    [TestMethod]
    public async Task Sessions_rooms_addresses_and_versions_outlive_the_server()
    {
        using var folder = new SqliteFolder();
        HttpUser user;
        string room;
        long version;
        await using (var first = await HttpWorld.StartAsync(build: builder => builder.UseSqlite(folder.File)))
        {
            Assert.IsInstanceOfType<SqliteLoopApiStorage>(first.Services.GetRequiredService<ILoopApiStorage>());
            user = await first.UserAsync("ada", "rooms");
            room = await user.CreateAsync();
            version = (await first.Sink.NextAsync()).Version;
        }

        await using var second = await HttpWorld.StartAsync(build: builder => builder.UseSqlite(folder.File));
        var again = new HttpUser(second, user.Token, user.Push);
        Assert.AreEqual(room, await again.ListAsync());
        var push = second.Sink.NewUrl();
        Assert.AreEqual(200, (await again.SendAsync("POST", "/v0/registration", $$$"""{"simplePushURLs":{"rooms":"{{{push}}}"}}""")).Status);
        await again.CreateAsync();
        Assert.AreEqual((push, version + 1), await second.Sink.NextAsync());
    }
}
