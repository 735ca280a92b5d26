namespace Loop.Sdk.Server.Notifications;

/// <summary>What came of a notification to one account.</summary>
public enum NotificationOutcome
{
    /// <summary>A client acknowledged it.</summary>
    Delivered,

    /// <summary>No client took it; the <see cref="INotificationStore"/> has it, and sees to the rest.</summary>
    Stored,

    /// <summary>No client took it, and nobody keeps it. It was not queued.</summary>
    Unavailable,

    /// <summary>The account has never been here.</summary>
    Unknown,
}
