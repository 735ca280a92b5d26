namespace Loop.Bench.Load.Payload;

/// <summary>Ends a loop after a time, without reading the clock at each turn.</summary>
internal struct Deadline(TimeSpan duration)
{
    private const int TurnsPerLook = 64;

    private readonly long _end = Environment.TickCount64 + (long)duration.TotalMilliseconds;
    private int _turns;

    public bool HasPassed() => (++_turns % TurnsPerLook) == 0 && Environment.TickCount64 >= _end;
}
