using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Workloads;

/// <summary>Round-trip times of one call after another.</summary>
internal sealed class LatencyRecorder
{
    private static readonly Note Note = NotePayload.Create(NotePayload.FirstId);

    private readonly List<double> _microseconds = new(1 << 18);

    public async Task RecordAsync(IClientConnection connection, Func<bool> hasEnded)
    {
        while (!hasEnded())
        {
            await RecordAsync(connection);
        }
    }

    public async Task RecordAsync(IClientConnection connection)
    {
        var start = Stopwatch.GetTimestamp();
        await connection.EchoAsync(Note);
        Add(start);
    }

    /// <summary>Adds the time since a timestamp.</summary>
    public void Add(long start) => _microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);

    public double GetPercentile(double percentile)
    {
        _microseconds.Sort();
        return _microseconds[Math.Min(_microseconds.Count - 1, (int)(_microseconds.Count * percentile / 100))];
    }
}
