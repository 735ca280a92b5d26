using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Loop.Sdk.Server.Storage;

/// <summary>What SQLite's errors mean to those who use a store.</summary>
internal static class SqliteErrors
{
    public static LoopException Damaged(string detail, Exception? cause = null) =>
        new(ErrorCodes.StoreDamaged, $"The store is damaged and was left as it is: {detail}", cause);

    public static Exception Translate(Exception exception) => exception is SqliteException known ? Translate(known) : exception;

    /// <summary>Whether it says something about the file or the disk, not about one statement.</summary>
    public static bool IsOfTheFile(SqliteException exception) => exception.SqliteErrorCode
        is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_BUSY or raw.SQLITE_LOCKED
        or raw.SQLITE_PERM or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    private static LoopException Translate(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged("SQLite cannot read it.", exception),
        raw.SQLITE_FULL => Unavailable("The disk is full.", exception),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => Unavailable("The file may not be written.", exception),
        raw.SQLITE_CANTOPEN => Unavailable("The file cannot be opened.", exception),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Unavailable("Another process holds the file.", exception),
        _ when IsOfTheFile(exception) => Unavailable("The disk failed.", exception),
        _ => new LoopException(ErrorCodes.Internal, "The store failed.", exception),
    };

    private static LoopException Unavailable(string reason, Exception cause) =>
        new(ErrorCodes.StoreUnavailable, $"The store cannot be used now. {reason}", cause) { Retryable = true };
}
