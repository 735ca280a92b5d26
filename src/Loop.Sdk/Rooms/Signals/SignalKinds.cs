namespace Loop.Sdk.Rooms;

/// <summary>The kinds of signals that all clients know.</summary>
public static class SignalKinds
{
    /// <summary>A <see cref="TypingSignal"/>.</summary>
    public const string Typing = "typing";

    /// <summary>A <see cref="ReadSignal"/>.</summary>
    public const string Read = "read";
}
