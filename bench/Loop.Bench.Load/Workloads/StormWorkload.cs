using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Workloads;

/// <summary>All sessions cut at once: how long until each has answered a call again.</summary>
internal sealed class StormWorkload(int sessions) : IWorkload
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public string Name => WorkloadNames.Storm;

    public async Task RunAsync(ClientContext context)
    {
        var connections = await context.ConnectManyAsync<IRecoverableConnection>(sessions);
        await Task.WhenAll(connections.Select(EchoAsync));
        ClientContext.Report(MetricNames.AllBack, await CutAsync(context.Control, connections));
    }

    /// <summary>Cuts all sessions, and returns the milliseconds until all are back and usable.</summary>
    public static async Task<double> CutAsync(ServerControl control, IRecoverableConnection[] connections)
    {
        using var patience = new CancellationTokenSource(Patience);
        var recovering = connections.Select(connection => RecoverAsync(connection, patience.Token)).ToArray();
        var start = Stopwatch.GetTimestamp();
        await control.CutAsync();
        await Task.WhenAll(recovering);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task RecoverAsync(IRecoverableConnection connection, CancellationToken cancellationToken)
    {
        await connection.RecoverAsync(cancellationToken);
        for (var attempt = 0L; ; attempt++)
        {
            try
            {
                await EchoAsync(connection).WaitAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not NotSupportedException)
            {
                // A session may break once more, in the storm that it is part of. It counts when it has answered.
                await Task.Delay(RetryDelays.Next(attempt), cancellationToken);
            }
        }
    }

    private static Task EchoAsync(IRecoverableConnection connection) =>
        connection.EchoAsync(NotePayload.Create(NotePayload.FirstId)).AsTask();
}
