namespace Loop.Sdk.Server.Notifications;

/// <summary>How notifications behave. Checked when the host starts.</summary>
public sealed class NotificationOptions
{
    /// <summary>How long a client has to acknowledge, before the notification counts as not delivered. 100 ms to 30 s; 5 s by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
