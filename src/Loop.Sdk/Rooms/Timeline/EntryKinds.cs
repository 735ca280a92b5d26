namespace Loop.Sdk.Rooms;

/// <summary>The kinds of entries that all clients know. An application's own are best named after it, such as <c>example.poll</c>.</summary>
public static class EntryKinds
{
    /// <summary>A <see cref="ChatMessage"/>.</summary>
    public const string Chat = "chat";

    /// <summary>A <see cref="SharedPage"/>.</summary>
    public const string Page = "page";

    /// <summary>The longest kind, in characters; all are visible ones of ASCII.</summary>
    public const int MaxLength = 64;
}
