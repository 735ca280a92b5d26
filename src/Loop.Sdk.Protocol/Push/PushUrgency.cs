namespace Loop.Sdk.Push;

/// <summary>How urgent a message is, and which ones a device wants now (RFC 8030 section 5.3).</summary>
public enum PushUrgency
{
    /// <summary>Advertisements: on power, and on Wi-Fi.</summary>
    VeryLow,

    /// <summary>Updates of a topic: on power, or on Wi-Fi.</summary>
    Low,

    /// <summary>Chat, calendar messages: on neither.</summary>
    Normal,

    /// <summary>Calls, alerts: even on a low battery.</summary>
    High,
}
