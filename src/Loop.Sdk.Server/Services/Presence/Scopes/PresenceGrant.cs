using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>A session's right to be in a scope, or to watch it.</summary>
public sealed class PresenceGrant
{
    /// <summary>
    /// The user under whom the session is shown, 1 to 128 characters: the same for all sessions that are to count as one user. It need not be the account, and should not where members may
    /// not know each other's accounts. Not used for watching.
    /// </summary>
    public required string User { get; init; }

    /// <summary>
    /// Ends the right, and with it the membership or the feed. The end of the session itself need not be told here: its members have their grace then, and this is not listened to
    /// any more.
    /// </summary>
    public CancellationToken Ended { get; init; }

    /// <summary>Says why it ended, once it has: <see cref="LeaveReason.Left"/> unless another is given.</summary>
    public Func<LeaveReason>? Reason { get; init; }

    /// <summary>Called once when the right is not needed any more.</summary>
    public Action? Released { get; init; }
}
