using System.Diagnostics.Metrics;

namespace Loop.Sdk.Server.Storage;

/// <summary>The SQLite store's part of the server's meter.</summary>
internal sealed class SqliteMetrics
{
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _commit;
    private readonly Counter<long> _failed;

    public SqliteMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(LoopServerMetrics.Name);
        _batch = meter.CreateHistogram<int>("loop.server.storage.batch", "{write}", "Writes that shared a commit.");
        _commit = meter.CreateHistogram<double>("loop.server.storage.commit.duration", "s", "How long commits took, the flush of the disk included.");
        _failed = meter.CreateCounter<long>("loop.server.storage.failed", "{write}", "Writes that failed since the file or the disk did.");
    }

    public void Committed(int writes, TimeSpan duration)
    {
        _batch.Record(writes);
        _commit.Record(duration.TotalSeconds);
    }

    public void Failed(int writes) => _failed.Add(writes);
}
