namespace Loop.Sdk.WebRtc;

/// <summary>What is said on the <c>text</c> channel.</summary>
public static class TextTypes
{
    /// <summary>What somebody typed.</summary>
    public const string Chat = "chat-text";

    /// <summary>The page that somebody shares.</summary>
    public const string ContextTile = "context-tile";

    /// <summary>That somebody came or went; the message is the text's key.</summary>
    public const string Notification = "chat-notification";

    internal static bool IsKnown(string type) => type is Chat or ContextTile or Notification;
}
