namespace Loop.Sdk.Server;

/// <summary>What happened to a session.</summary>
internal enum SessionChange
{
    Connected,
    Disconnected,
    Resumed,
    Ended,
}
