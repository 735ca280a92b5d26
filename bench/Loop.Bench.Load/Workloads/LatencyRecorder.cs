using System.Diagnostics;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Workloads;

/// <summary>Round-trip times of one call after another.</summary>
internal sealed class LatencyRecorder
{
    private readonly List<double> _microseconds = new(1 << 18);

    public async Task RecordAsync(IClientConnection connection, Func<bool> hasEnded)
    {
        var note = NotePayload.Create(NotePayload.FirstId);
        while (!hasEnded())
        {
            var start = Stopwatch.GetTimestamp();
            await connection.EchoAsync(note);
            _microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
    }

    public double GetPercentile(double percentile)
    {
        _microseconds.Sort();
        return _microseconds[Math.Min(_microseconds.Count - 1, (int)(_microseconds.Count * percentile / 100))];
    }
}
