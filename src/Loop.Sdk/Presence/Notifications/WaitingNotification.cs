namespace Loop.Sdk.Presence;

/// <summary>A notification that nobody has taken yet.</summary>
internal sealed class WaitingNotification(Notification notification)
{
    public Notification Notification => notification;

    /// <summary>Completes when it is taken, which acknowledges it.</summary>
    public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many calls of the server wait for that: after a lost session there may be another one.</summary>
    public int Deliveries { get; set; }
}
