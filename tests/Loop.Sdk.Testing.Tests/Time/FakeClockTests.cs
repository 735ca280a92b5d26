namespace Loop.Sdk.Testing.Tests.Time;

[TestClass]
public sealed class FakeClockTests
{
    private readonly FakeClock _clock = new();
    private readonly List<string> _fired = [];

    [TestMethod]
    public void Time_stands_still_when_nobody_moves_it()
    {
        var now = _clock.GetUtcNow();

        Assert.AreEqual(now, _clock.GetUtcNow());
        Assert.AreEqual(TimeSpan.Zero, _clock.GetElapsedTime(_clock.GetTimestamp()));
    }

    [TestMethod]
    public void Time_and_timestamp_move_together_when_advanced()
    {
        var clock = new FakeClock(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)));
        var timestamp = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromMilliseconds(1.5));

        Assert.AreEqual(TimeSpan.Zero, clock.GetUtcNow().Offset);
        Assert.AreEqual(new DateTimeOffset(2031, 2, 3, 2, 5, 6, TimeSpan.Zero).AddMilliseconds(1.5), clock.GetUtcNow());
        Assert.AreEqual(TimeSpan.FromMilliseconds(1.5), clock.GetElapsedTime(timestamp));
    }

    [TestMethod]
    public void Timers_fire_in_the_order_of_their_time_when_advanced_past_all()
    {
        Start("c", 3);
        Start("a", 1);
        Start("b1", 2);
        Start("b2", 2);

        _clock.Advance(Seconds(3));

        Assert.AreEqual("a@1 b1@2 b2@2 c@3", string.Join(' ', _fired));
    }

    [TestMethod]
    public void Timer_fires_once_per_period_when_advanced_by_many()
    {
        Start("tick", 1, 2);

        _clock.Advance(Seconds(6));

        Assert.AreEqual("tick@1 tick@3 tick@5", string.Join(' ', _fired));
    }

    [TestMethod]
    public void Timer_fires_at_its_new_time_when_changed_from_another_timer()
    {
        var late = Start("late", 9);
        using var changing = _clock.CreateTimer(_ => late.Change(Seconds(1), Timeout.InfiniteTimeSpan), null, Seconds(2), Timeout.InfiniteTimeSpan);

        _clock.Advance(Seconds(10));

        Assert.AreEqual("late@3", string.Join(' ', _fired));
    }

    [TestMethod]
    public void Timer_fires_once_when_changed_to_the_time_it_had()
    {
        var timer = Start("once", 1);
        timer.Change(Seconds(1), Timeout.InfiniteTimeSpan);

        _clock.Advance(Seconds(2));

        Assert.AreEqual("once@1", string.Join(' ', _fired));
    }

    [TestMethod]
    public void Timer_can_stop_itself_when_it_fires()
    {
        ITimer? timer = null;
        timer = _clock.CreateTimer(_ => { Note("self"); timer!.Dispose(); }, null, Seconds(1), Seconds(1));

        _clock.Advance(Seconds(5));

        Assert.AreEqual("self@1", string.Join(' ', _fired));
        Assert.IsFalse(timer.Change(Seconds(1), Seconds(1)));
    }

    [TestMethod]
    public void Timer_made_by_a_timer_fires_when_it_falls_due_on_the_way()
    {
        using var first = _clock.CreateTimer(_ => Start("second", 1), null, Seconds(1), Timeout.InfiniteTimeSpan);

        _clock.Advance(Seconds(2));

        Assert.AreEqual("second@2", string.Join(' ', _fired));
    }

    [TestMethod]
    public async Task Timer_fires_without_a_move_when_it_is_due_at_once()
    {
        var fired = new TaskCompletionSource();
        await using var timer = _clock.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task;
    }

    [TestMethod]
    public void Negative_times_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _clock.Advance(-Seconds(1)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _clock.CreateTimer(_ => { }, null, -Seconds(1), Seconds(1)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _clock.CreateTimer(_ => { }, null, Seconds(1), -Seconds(1)));
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private ITimer Start(string name, int due, int period = 0) =>
        _clock.CreateTimer(_ => Note(name), null, Seconds(due), period == 0 ? Timeout.InfiniteTimeSpan : Seconds(period));

    private void Note(string name) => _fired.Add($"{name}@{(_clock.GetUtcNow() - new FakeClock().GetUtcNow()).TotalSeconds}");
}
