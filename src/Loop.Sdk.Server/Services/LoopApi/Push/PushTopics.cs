namespace Loop.Sdk.Server.LoopApi;

/// <summary>What clients are pushed news of.</summary>
internal static class PushTopics
{
    public const string Calls = "calls";
    public const string Rooms = "rooms";
}
