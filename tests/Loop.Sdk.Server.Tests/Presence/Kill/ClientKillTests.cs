using System.Diagnostics;
using System.Net;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Tests.Rooms.Kill;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.Presence.Kill;

/// <summary>Once for real: sockets, processes, and the clock on the wall. Everything else about the grace is tested on a clock that the test moves.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ClientKillTests
{
    private const string Scope = "doc:1";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Client_that_is_killed_is_gone_within_the_grace_and_a_second()
    {
        await using var app = await StartAsync();
        var address = new Uri($"ws://127.0.0.1:{new Uri(app.Urls.Single()).Port}/loop");
        await using var channel = ChannelClient.Create(new ChannelClientOptions
        {
            Endpoint = address,
            CredentialsProvider = static _ => ValueTask.FromResult<Credentials?>(NamedCredentials.Of("bob")),
        });
        await using var changes = channel.Presence.Watch(Scope).ChangesAsync().GetAsyncEnumerator();
        Assert.IsTrue(await changes.MoveNextAsync());
        using var client = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { typeof(ClientKillTests).Assembly.Location, PresentWorker.Name, address.AbsoluteUri, "ada", Scope },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.AreEqual(PresentWorker.Ready, await client.StandardOutput.ReadLineAsync());
        Assert.IsTrue(await changes.MoveNextAsync());
        Assert.AreEqual("ada", changes.Current.Entered.Single().User);

        var start = Stopwatch.GetTimestamp();
        client.Kill();
        Assert.IsTrue(await changes.MoveNextAsync());
        var gone = Stopwatch.GetElapsedTime(start);
        Assert.AreEqual(LeaveReason.Lost, changes.Current.Left.Single().Reason);
        CollectionAssert.AreEqual(new[] { "ada" }, changes.Current.UsersOut.ToArray());
        TestContext.WriteLine($"Gone after {gone.TotalMilliseconds:F0} ms.");
        Assert.IsTrue(gone >= Grace && gone <= Grace + TimeSpan.FromSeconds(1), $"{gone}");
        await client.WaitForExitAsync();
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddLoopServer()
            .AddCredentialValidator<NamedCredentials>()
            .AddPresence(static options =>
            {
                options.AllowTopics("doc");
                options.Grace = Grace;
            });
        var app = builder.Build();
        app.MapLoop("/loop");
        await app.StartAsync();
        return app;
    }
}
