namespace Loop.Sdk;

/// <summary>
/// When a channel connects again. The first attempt after a lost connection comes within 100 ms, so that the session is resumed quickly; each further one waits a
/// random time between nothing and a bound that grows, and no less than the server asked for. When the network comes back, or the machine wakes up, the wait ends.
/// </summary>
public sealed class ReconnectOptions
{
    /// <summary>The longest wait before the second attempt: 0 to <see cref="MaxDelay"/>; 250 ms by default.</summary>
    public TimeSpan InitialDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait before any attempt, unless the server asks for more: up to one day; 30 s by default.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>By how much the longest wait grows with each attempt: 1 to 10; 2 by default.</summary>
    public double Multiplier { get; set; } = 2;

    internal ReconnectOptions Copy() => (ReconnectOptions)MemberwiseClone();
}
