namespace Loop.Sdk;

/// <summary>One step of a channel from a state to the next. A failed attempt to connect is told as a step from a state to itself.</summary>
/// <param name="Previous">The state before.</param>
/// <param name="Current">The state now.</param>
public sealed record ChannelStateChange(ChannelState Previous, ChannelState Current)
{
    /// <summary>The stable code of what caused the step, usually from <see cref="ErrorCodes"/>; null if all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// On the way to <see cref="ChannelState.Connected"/>: whether everything that was under way goes on without a gap. False on the first connection, and
    /// false with the reason <c>session_lost</c> if there was a session that could not be resumed.
    /// </summary>
    public bool Resumed { get; init; }
}
