namespace Loop.Bench.Load.Workloads;

/// <summary>The workloads' names, as on the command line.</summary>
internal static class WorkloadNames
{
    public const string Latency = "latency";
    public const string Pipe1 = "pipe1";
    public const string Pipe8 = "pipe8";
    public const string Stream = "stream";
    public const string StreamBytes = "stream-bytes";
    public const string Push = "push";
    public const string Fanout = "fanout";
    public const string Idle = "idle";
    public const string Storm = "storm";
    public const string StormTraffic = "storm-traffic";
    public const string HeadOfLineUp = "hol-up";
    public const string HeadOfLineDown = "hol-down";
    public const string DeadSubscriber = "dead-subscriber";
    public const string SilentSubscriber = "silent-subscriber";
    public const string Rooms = "rooms";
    public const string Presence = "presence";
    public const string WebPush = "webpush";
    public const string UserAgent = "useragent";
    public const string LoopApi = "loopapi";
    public const string DataChannel = "datachannel";
    public const string DataChannelLossy = "datachannel-lossy";
    public const string DataChannelIdle = "datachannel-idle";

    /// <summary>Those that have rivals.</summary>
    public static IReadOnlyList<string> Compared { get; } =
    [
        Latency, Pipe1, Pipe8, Stream, StreamBytes, Push, Fanout, Idle, Storm, StormTraffic, HeadOfLineUp, HeadOfLineDown, DeadSubscriber,
        SilentSubscriber,
    ];

    public static IReadOnlyList<string> All { get; } = [.. Compared, Rooms, Presence, WebPush, UserAgent, LoopApi, DataChannel, DataChannelLossy, DataChannelIdle];
}
