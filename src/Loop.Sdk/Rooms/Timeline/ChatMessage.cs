namespace Loop.Sdk.Rooms;

/// <summary>Something that somebody says.</summary>
/// <param name="Text">The text, plain. It may have any characters: show it as text, isolated from what stands around it.</param>
public sealed record ChatMessage(string Text);
