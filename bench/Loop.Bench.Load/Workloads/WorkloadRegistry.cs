using Loop.Bench.Load.Client;
using Loop.Bench.Load.Workloads.LoopApi;
using Loop.Bench.Load.Workloads.Presence;
using Loop.Bench.Load.Workloads.Rooms;
using Loop.Bench.Load.Workloads.UserAgent;
using Loop.Bench.Load.Workloads.WebPush;

namespace Loop.Bench.Load.Workloads;

/// <summary>All workloads of a client and a server, in the order in which they run.</summary>
internal static class WorkloadRegistry
{
    private const int LargePayload = 50_000_000;

    public static IReadOnlyList<IWorkload> All { get; } =
    [
        new LatencyWorkload(),
        new PipelineWorkload(WorkloadNames.Pipe1, connections: 1, callsPerConnection: 256),
        new PipelineWorkload(WorkloadNames.Pipe8, connections: 8, callsPerConnection: 64),
        new StreamWorkload<INoteStreamConnection>(WorkloadNames.Stream, (connection, duration) => connection.ReadNotesAsync(duration)),
        new StreamWorkload<IByteStreamConnection>(WorkloadNames.StreamBytes, (connection, duration) => connection.ReadBytesAsync(duration)),
        new EventWorkload(WorkloadNames.Push, subscribers: 1, (control, duration) => control.PushAsync(duration)),
        new EventWorkload(WorkloadNames.Fanout, subscribers: 1000, (control, duration) => control.PublishAsync(duration)),
        new IdleWorkload(sessions: 10_000),
        new StormWorkload(sessions: 5000),
        new StormTrafficWorkload(sessions: 5000, eventsPerSecond: 4),
        new HeadOfLineWorkload(WorkloadNames.HeadOfLineUp, LargePayload, (connection, payload) => connection.UploadAsync(payload)),
        new HeadOfLineWorkload(WorkloadNames.HeadOfLineDown, LargePayload, (connection, payload) => connection.DownloadAsync(payload.Length)),
        new DeadSubscriberWorkload(WorkloadNames.DeadSubscriber, subscribers: 100, static subscriber => subscriber.StopReading()),
        new DeadSubscriberWorkload(WorkloadNames.SilentSubscriber, subscribers: 100, static _ => SocketConnector.FreezeFragileLinks()),
        new RoomsWorkload(rooms: 10_000, writers: 50, readers: 100),
        new PresenceWorkload(members: 1000, movesPerSecond: 100, watchers: 1000, stampede: 10_000),
        new WebPushWorkload(receivers: 100, posters: 48, backlog: 100_000),
        new UserAgentWorkload(),
        new LoopApiWorkload(clients: 32),
    ];

    public static IWorkload Get(string name) =>
        All.FirstOrDefault(workload => workload.Name == name) ?? throw new ArgumentException($"There is no workload '{name}'.");
}
