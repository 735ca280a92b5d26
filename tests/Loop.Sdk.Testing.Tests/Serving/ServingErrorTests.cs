using Loop.Sdk.Testing.Tests.Harness;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Testing.Tests.Serving;

[TestClass]
public sealed class ServingErrorTests
{
    private readonly World _world = new();

    [TestMethod]
    public async Task The_server_learns_nothing_and_the_client_logs_when_a_handler_fails()
    {
        var logs = new LogRecorder();
        await using var serving = await ServingClient.StartAsync(_world, options: new LoopTestHostOptions { LoggerFactory = logs });

        var error = await Check.FailsAsync(ErrorCodes.Internal, serving.Probe.FailAsync(""));

        Assert.DoesNotContain("secret", error.ToString());
        var (level, exception) = await logs.Failures.NextAsync();
        Assert.AreEqual(LogLevel.Error, level);
        Assert.IsInstanceOfType<InvalidOperationException>(exception);
        Assert.AreEqual("still here", await serving.Probe.EchoAsync("still here"));
    }

    [TestMethod]
    public async Task An_error_reaches_the_server_as_it_is_when_the_handler_throws_it()
    {
        await using var serving = await ServingClient.StartAsync(_world);

        var error = await Check.FailsAsync("shop.sold_out", serving.Probe.FailAsync("shop.sold_out"));

        Assert.AreEqual("""{"why":"asked"}""", error.Details);
    }

    [TestMethod]
    public async Task A_call_fails_when_the_client_serves_nothing()
    {
        await using var serving = await ServingClient.StartAsync(_world, static _ => { });

        await Check.FailsAsync(ErrorCodes.UnknownService, serving.Probe.TouchAsync());
        await serving.Client.Probe().TouchAsync();
    }

    [TestMethod]
    public async Task A_call_fails_when_the_client_does_not_know_the_method()
    {
        await using var serving = await ServingClient.StartAsync(_world);

        await Check.FailsAsync(ErrorCodes.UnknownMethod, serving.Session.GetClient<INewerProbe>().NoveltyAsync("text"));
        await serving.Probe.TouchAsync();
    }
}
