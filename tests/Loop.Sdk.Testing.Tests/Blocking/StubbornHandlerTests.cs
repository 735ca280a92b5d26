using Loop.Sdk.Testing.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.Blocking;

/// <summary>Handlers that go on although their callers gave up: what they hold must stay bounded.</summary>
[TestClass]
public sealed class StubbornHandlerTests
{
    private const int MaxStreams = 3;

    [TestMethod]
    public async Task Calls_are_refused_when_as_many_handlers_still_run_as_there_may_be_streams()
    {
        var entered = new Events<int>();
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new Events<int>();
        await using var host = await LoopTestHost.StartAsync(
            server => server.AddContract<IBlocker>(new Stubborn(entered, released.Task, left)),
            new LoopTestHostOptions { ConfigureServer = static options => options.Limits.MaxStreams = MaxStreams });
        var blocker = host.CreateClient().Service<IBlocker>();
        for (var number = 1; number <= MaxStreams; number++)
        {
            using var source = new CancellationTokenSource();
            var call = blocker.RunAsync(number, source.Token);
            Assert.AreEqual(number, await entered.NextAsync());
            await source.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        }

        var refusal = await Check.FailsAsync(ErrorCodes.ResourceExhausted, blocker.RunAsync(0));
        Assert.IsTrue(refusal.Retryable);

        released.SetResult();
        for (var number = 1; number <= MaxStreams; number++)
        {
            await left.NextAsync();
        }

        await Eventually.TrueAsync(() => blocker.RunAsync(0).ContinueWith(static call => call.IsCompletedSuccessfully, TaskScheduler.Default).Result);
    }

    private sealed class Stubborn(Events<int> entered, Task released, Events<int> left) : IBlocker
    {
        public async Task<int> RunAsync(int number, CancellationToken cancellationToken)
        {
            entered.Add(number);
            await released;
            left.Add(number);
            return number;
        }

        public IAsyncEnumerable<int> CountAsync(int count, CancellationToken cancellationToken) => AsyncEnumerable.Range(1, count);
    }
}
