namespace Loop.Sdk.Peers;

/// <summary>Milliseconds that never go back, from a time provider.</summary>
internal sealed class Clock(TimeProvider time)
{
    private readonly bool _system = time == TimeProvider.System;
    private readonly long _start = time.GetTimestamp();

    public static Clock System { get; } = new(TimeProvider.System);

    public TimeProvider Time { get; } = time;

    /// <summary>The time now. Never 0, which stands for «never».</summary>
    public long Now => _system ? Environment.TickCount64 : 1 + (long)Time.GetElapsedTime(_start).TotalMilliseconds;
}
