using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Storage;

/// <summary>What the SQLite store writes to the log. What is stored is never among it.</summary>
internal sealed partial class SqliteLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "The store {Path} is open: SQLite {Sqlite}, format {Version}.")]
    public partial void Opened(string path, string? sqlite, int version);

    [LoggerMessage(2, LogLevel.Information, "The store was brought to format {Version}.")]
    public partial void Migrated(int version);

    [LoggerMessage(3, LogLevel.Error, "A write failed and was undone.")]
    public partial void WriteFailed(Exception exception);

    [LoggerMessage(4, LogLevel.Error, "{Count} writes failed together and were undone.")]
    public partial void BatchFailed(int count, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "The store is closed.")]
    public partial void Closed();

    [LoggerMessage(6, LogLevel.Warning, "The store could not be tidied up at its end; nothing is lost.")]
    public partial void CheckpointFailed(Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "The machine stopped while the store was open: it has a new identity, and all feeds start again.")]
    public partial void NewIdentity();

    [LoggerMessage(8, LogLevel.Warning, "The store's journal could not be brought to the file; nothing is lost, and it is tried again.")]
    public partial void JournalKept(Exception exception);
}
