using System.Numerics;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The states of a call, as clients are told them.</summary>
internal static class CallStates
{
    public const string Init = "init";
    public const string Alerting = "alerting";
    public const string Connecting = "connecting";
    public const string HalfConnected = "half-connected";
    public const string Connected = "connected";
    public const string Terminated = "terminated";

    /// <summary>The state after these facts. That one party only is there is told to nobody.</summary>
    public static string Of(CallFacts facts) => BitOperations.PopCount((uint)facts) switch
    {
        <= 1 => Init,
        2 => Alerting,
        3 => Connecting,
        4 => HalfConnected,
        _ => Connected,
    };
}
