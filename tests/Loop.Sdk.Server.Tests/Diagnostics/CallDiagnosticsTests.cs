using System.Diagnostics;
using System.Diagnostics.Metrics;
using Loop.Sdk.Frames;
using Loop.Sdk.Server.Tests.Harness;

namespace Loop.Sdk.Server.Tests.Diagnostics;

[TestClass]
[DoNotParallelize]
public sealed class CallDiagnosticsTests
{
    [TestMethod]
    public async Task Call_is_traced_as_a_child_of_its_caller()
    {
        var stopped = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Loop.Sdk.Server",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => stopped.TrySetResult(activity),
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var header = RawClient.Open(ITestContract.EchoMethod, traceParent: Parent);
        await client.SendAsync(RawClient.Frame(FrameKind.Open, 1, header, "\"x\""u8.ToArray(), FrameFlags.End));
        var activity = await stopped.Task;
        Assert.AreEqual(Parent, activity.ParentId);
        Assert.AreEqual($"{ITestContract.Name}/EchoAsync", activity.OperationName);
    }

    [TestMethod]
    public async Task Call_is_counted_by_its_outcome()
    {
        var outcome = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, meters) =>
        {
            if (instrument.Name == "loop.server.calls")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => outcome.TrySetResult(tags.ToArray().First(static tag => tag.Key == "outcome").Value as string));
        listener.Start();
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, ITestContract.FailMethod, "\"known\"");
        Assert.AreEqual("test_failed", await outcome.Task);
    }
}
