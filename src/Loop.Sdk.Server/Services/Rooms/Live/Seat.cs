namespace Loop.Sdk.Server.Rooms;

/// <summary>What entitles somebody to follow a room, until it ends.</summary>
#pragma warning disable CA1001 // The source holds nothing but registrations, and ends with the object.
internal abstract class Seat(LiveRoom room)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _ended = new();
    private string? _reason;

    public LiveRoom Room => room;

    /// <summary>Cancelled at the end.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>The code of the reason why it ended, or null before.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>Ends it.</summary>
    /// <param name="reason">A code.</param>
    /// <returns>Whether it had not ended before.</returns>
    public bool End(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is not null)
        {
            return false;
        }

        // What follows ends on another thread: whoever ends this may hold locks.
        _ = _ended.CancelAsync();
        OnEnded(reason);
        return true;
    }

    protected abstract void OnEnded(string reason);
}
