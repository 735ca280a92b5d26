namespace Loop.Sdk.Presence;

/// <summary>The settings of a <see cref="PresenceClient"/>. Checked when the client is made, or when the host starts.</summary>
public sealed class PresenceClientOptions : IFeatureSettings
{
    /// <summary>After how long without <see cref="AvailabilityClient.Touch"/> this device is away: 1 s to 24 days, or <see cref="Timeout.InfiniteTimeSpan"/> for never. 5 minutes by default.</summary>
    public TimeSpan AwayAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// After how long without <see cref="AvailabilityClient.Touch"/> this device is unavailable: more than <see cref="AwayAfter"/>, up to 24 days, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for never. 10 minutes by default.
    /// </summary>
    public TimeSpan UnavailableAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many notifications may wait to be taken: 1 to 100 000; 256 by default. Further ones are refused, so that the server does with them what it does with those that are not taken.</summary>
    public int MaxWaitingNotifications { get; set; } = 256;

    /// <summary>How many notifications that were taken are remembered, so that none is handed out twice: 0 to 1 000 000; 1 000 by default.</summary>
    public int RememberedNotifications { get; set; } = 1000;

    /// <summary>The clock and its timers; null (default) for the channel's with <c>channel.Presence</c>, and for the system's otherwise.</summary>
    public TimeProvider? TimeProvider { get; set; }

    internal PresenceClientOptions Copy() => (PresenceClientOptions)MemberwiseClone();

    IFeatureSettings IFeatureSettings.Copy() => Copy();

    IEnumerable<string> IFeatureSettings.Validate() => PresenceClientOptionsValidator.Instance.Validate(null, this).Failures ?? [];
}
