namespace Loop.Sdk;

/// <summary>Where a channel stands.</summary>
public enum ChannelState
{
    /// <summary>Nothing has asked for a connection yet.</summary>
    Disconnected,

    /// <summary>The first connection is being made, however many attempts that takes.</summary>
    Connecting,

    /// <summary>The server welcomed the channel.</summary>
    Connected,

    /// <summary>The connection was lost and is being made again.</summary>
    Reconnecting,

    /// <summary>The channel was disposed of, or the server said that it must not come back. It never leaves this state.</summary>
    Closed,
}
