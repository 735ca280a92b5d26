namespace Loop.Sdk.Rooms;

/// <summary>Whether somebody is typing. Whoever hears no more of it for a few seconds takes it as over.</summary>
/// <param name="IsTyping">Whether they are.</param>
public sealed record TypingSignal(bool IsTyping);
