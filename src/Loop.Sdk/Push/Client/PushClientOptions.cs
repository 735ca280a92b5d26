namespace Loop.Sdk.Push;

/// <summary>The settings of a <see cref="PushClient"/>. Checked when the client is made, or when the host starts.</summary>
public sealed class PushClientOptions : IFeatureSettings
{
    /// <summary>Where keys are kept; null (default) for as long as the process runs. See <see cref="FilePushKeyStore"/>.</summary>
    public IPushKeyStore? KeyStore { get; set; }

    /// <summary>How urgent messages must be to be delivered at once; all are by default. Others wait at the server: see <see cref="PushClient.SetUrgencyAsync"/>.</summary>
    public PushUrgency Urgency { get; set; } = PushUrgency.VeryLow;

    /// <summary>
    /// Whether a message is acknowledged when its consumer comes for the next one, or stops (default). Otherwise call <see cref="ReceivedPush.AcknowledgeAsync"/>: what is not acknowledged comes
    /// again when the application starts again.
    /// </summary>
    public bool AcknowledgeAutomatically { get; set; } = true;

    /// <summary>Whether messages with a body that is not encrypted are taken, which the server could have made or changed. Off by default: they are refused as undecryptable.</summary>
    public bool AllowUnencrypted { get; set; }

    /// <summary>How many messages may wait to be read by the application: 1 to 100 000; 1 000 by default. Further ones wait at the server.</summary>
    public int MaxWaiting { get; set; } = 1000;

    /// <summary>
    /// How many messages are remembered after the server was told that they are acknowledged, since it may have sent them again just before: 0 to 1 000 000; 1 000 by default. What it was not
    /// told of is remembered in any case.
    /// </summary>
    public int RememberedMessages { get; set; } = 1000;

    /// <summary>The clock and its timers; null (default) for the channel's with <c>channel.Push</c>, and for the system's otherwise.</summary>
    public TimeProvider? TimeProvider { get; set; }

    internal PushClientOptions Copy() => (PushClientOptions)MemberwiseClone();

    IFeatureSettings IFeatureSettings.Copy() => Copy();

    IEnumerable<string> IFeatureSettings.Validate() => PushClientOptionsValidator.Instance.Validate(null, this).Failures ?? [];
}
