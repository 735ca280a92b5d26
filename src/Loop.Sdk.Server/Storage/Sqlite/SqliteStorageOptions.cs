namespace Loop.Sdk.Server.Storage;

/// <summary>How the embedded SQLite store works. See <c>docs/storage.md</c>.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>The database's file, made if it does not exist; its folder must. <c>:memory:</c> keeps everything in memory and loses it at the end.</summary>
    public string Path { get; set; } = "";

    /// <summary>How long to wait for another process that is writing to the file, 0 to 60 s. Default 5 s.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many connections read beside the writer, 1 to 64. Default 4.</summary>
    public int ReadConnections { get; set; } = 4;

    /// <summary>How many writes may wait, 1 to 1 000 000; callers beyond that wait before theirs is queued. Default 4096.</summary>
    public int MaxQueuedWrites { get; set; } = 4096;

    /// <summary>How many waiting writes share one commit at most, 1 to 10 000. Default 512.</summary>
    public int MaxBatch { get; set; } = 512;

    /// <summary>Whether the whole file is checked for damage when it is opened. It takes about a second for each GiB. Default true.</summary>
    public bool CheckOnOpen { get; set; } = true;
}
