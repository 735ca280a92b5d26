namespace Loop.Sdk.Server.Push;

/// <summary>What a client gets of a SimplePush: a version, and perhaps data.</summary>
internal sealed record SimplePushBody(long Version, string? Data)
{
    /// <summary>The encoding under which it is stored. No sender can post it.</summary>
    public const string Encoding = "simplepush";

    /// <summary>The topic under which only the newest is stored. It is none that a sender could use.</summary>
    public const string Topic = "version=";
}
