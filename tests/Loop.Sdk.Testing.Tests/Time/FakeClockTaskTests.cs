namespace Loop.Sdk.Testing.Tests.Time;

[TestClass]
public sealed class FakeClockTaskTests
{
    private readonly FakeClock _clock = new();

    [TestMethod]
    public async Task Delay_ends_when_the_clock_gets_there()
    {
        var delay = Task.Delay(TimeSpan.FromHours(1), _clock);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.IsFalse(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromMinutes(1));

        await delay;
    }

    [TestMethod]
    public async Task Periodic_timer_ticks_when_the_clock_moves()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _clock);
        for (var round = 0; round < 3; round++)
        {
            var tick = timer.WaitForNextTickAsync();
            Assert.IsFalse(tick.IsCompleted);
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.IsTrue(await tick);
        }
    }

    [TestMethod]
    public async Task Cancellation_source_cancels_when_its_time_comes()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(5), _clock);
        var waiting = Task.Delay(Timeout.InfiniteTimeSpan, source.Token);

        _clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
    }

    [TestMethod]
    public async Task Clock_moves_on_until_a_task_is_done()
    {
        var start = _clock.GetUtcNow();

        await _clock.AdvanceUntilAsync(SeveralDelaysAsync(), TimeSpan.FromSeconds(1));

        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(10), _clock.GetUtcNow() - start);

        async Task SeveralDelaysAsync()
        {
            for (var round = 0; round < 10; round++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _clock);
            }
        }
    }

    [TestMethod]
    public async Task Failure_of_the_task_is_passed_on_when_the_clock_waits_for_it() =>
        await Assert.ThrowsExactlyAsync<TimeoutException>(() =>
            _clock.AdvanceUntilAsync(new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(3), _clock), TimeSpan.FromSeconds(1)));

    [TestMethod]
    public async Task No_timer_is_lost_or_fires_twice_when_many_threads_use_the_clock()
    {
        const int PerThread = 2_000;
        var fired = 0;
        var threads = Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < PerThread; number++)
            {
                var timer = _clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromMilliseconds(5), Timeout.InfiniteTimeSpan);
                timer.Change(TimeSpan.FromMilliseconds(1 + (number % 7)), Timeout.InfiniteTimeSpan);
                if (thread == 0)
                {
                    _clock.Advance(TimeSpan.Zero);
                }
            }
        }));
        await Task.WhenAll(threads);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _clock.Advance(TimeSpan.FromMilliseconds(10)))));

        Assert.AreEqual(4 * PerThread, fired);
    }
}
