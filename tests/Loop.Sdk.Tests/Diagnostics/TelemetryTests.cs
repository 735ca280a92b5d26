using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Loop.Sdk.Tests.Harness;

namespace Loop.Sdk.Tests.Diagnostics;

[TestClass]
[DoNotParallelize]
public sealed class TelemetryTests
{
    [TestMethod]
    public async Task Call_is_traced_below_the_callers_span()
    {
        using var source = new ActivitySource("Loop.Sdk.Tests");
        var ended = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new ActivityListener
        {
            ShouldListenTo = static listened => listened.Name is "Loop.Sdk" or "Loop.Sdk.Tests",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => ended.TrySetResult(activity),
        };
        ActivitySource.AddActivityListener(listener);
        await using var fixture = new Fixture(static options => options.CallTimeout = TimeSpan.FromSeconds(5));
        await fixture.ConnectAsync();

        using var span = source.StartActivity("test");
        var call = fixture.Demo.HangAsync();
        Assert.AreSame(span, Activity.Current);
        await fixture.Server.Service.UntilHungAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(6));
        await Fixture.FailsAsync(call, ErrorCodes.DeadlineExceeded);

        var traced = await ended.Task.Soon();
        Assert.AreEqual(span!.SpanId, traced.ParentSpanId);
        Assert.AreEqual("tests.demo/1/HangAsync", traced.OperationName);
        Assert.AreEqual(ActivityKind.Client, traced.Kind);
        Assert.AreEqual(ErrorCodes.DeadlineExceeded, traced.GetTagItem("error.type"));
    }

    [TestMethod]
    public async Task Calls_and_reconnects_are_measured()
    {
        const string Call = "loop.client.call.duration rpc.service=tests.demo/1 rpc.method=EchoAsync outcome=ok";
        const string Ended = "loop.client.connections -1 ";
        var measured = new ConcurrentQueue<string>();
        var called = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == "Loop.Sdk")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => called.TrySetResult($"{instrument.Name} {Text(tags)}"));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            measured.Enqueue($"{instrument.Name} {value} {Text(tags)}");
            if (measured.Count(static line => line == Ended) == 2)
            {
                ended.TrySetResult();
            }
        });
        listener.Start();
        await using var fixture = new Fixture();

        var served = await fixture.ConnectAsync();
        served.Connection.Cut();
        await fixture.Server.ResumeAsync(served.Peer);

        // Calls are answered before the client has taken note of its connection, and one that is closed before it has is none.
        await fixture.UntilAsync(ChannelState.Connected);
        await fixture.Demo.EchoAsync("measured").Soon();
        await fixture.Client.DisposeAsync();

        await ended.Task.Soon();
        Assert.AreEqual(Call, await called.Task.Soon());
        Assert.Contains("loop.client.reconnects 1 resumed=True", measured);
        Assert.AreEqual(2, measured.Count(line => line == "loop.client.connections 1 "));
        Assert.AreEqual(2, measured.Count(static line => line == Ended));
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}"));
}
