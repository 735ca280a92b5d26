namespace Loop.Sdk.Rooms;

/// <summary>How long a room is open for this client, and why it is not any more.</summary>
#pragma warning disable CA1001 // Not disposed of: who asks for the token afterwards is to see that it is over.
internal sealed class RoomLifetime
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _source = new();
    private LoopException? _reason;

    /// <summary>For what belongs to no room.</summary>
    public static RoomLifetime Endless { get; } = new();

    /// <summary>Cancelled when the room is over.</summary>
    public CancellationToken Token => _source.Token;

    public bool IsOver => _source.IsCancellationRequested;

    /// <summary>The room is over.</summary>
    /// <param name="reason">Why, or null if it was left or disposed of.</param>
    public void End(LoopException? reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        _source.Cancel();
    }

    /// <summary>For subscriptions that are over with the room: whoever left knows why, and everybody else is told.</summary>
    /// <exception cref="LoopException">Why the room is over.</exception>
    public void ThrowReason()
    {
        if (Volatile.Read(ref _reason) is { } reason)
        {
            throw new LoopException(reason.Code, reason.Message, reason);
        }
    }
}
