using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.Storage;

/// <summary>Looks at a file before anything is written to it, so that one that is not ours to write stays as it is.</summary>
internal static class SqliteFile
{
    private const int HeaderLength = 100;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    public static void Inspect(SqliteStorageOptions options, SqliteSchema schema)
    {
        var file = new FileInfo(options.Path);
        if (!file.Exists || file.Length == 0)
        {
            return;
        }

        CheckHeader(file);
        using var session = new SqliteSession(options.Path, SqliteOpenMode.ReadOnly, options.BusyTimeout);
        CheckOwner(session, schema);
        if (options.CheckOnOpen && session.Text("PRAGMA quick_check(1)") is var result && result != "ok")
        {
            throw SqliteErrors.Damaged(result ?? "it cannot be checked.");
        }
    }

    private static void CheckHeader(FileInfo file)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !header.StartsWith(Magic))
        {
            throw SqliteErrors.Damaged("It is no SQLite database.");
        }
    }

    private static void CheckOwner(SqliteSession session, SqliteSchema schema)
    {
        var application = session.Number("PRAGMA application_id");
        var version = session.Number("PRAGMA user_version");
        var isEmpty = application == 0 && version == 0 && session.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != SqliteSchema.ApplicationId && !isEmpty)
        {
            throw new LoopException(ErrorCodes.StoreForeign, "The file is a database of another application and was left as it is.");
        }

        if (version > schema.Version)
        {
            throw new LoopException(
                ErrorCodes.StoreTooNew, $"The store has format {version}, and this version of the software knows up to {schema.Version}. It was left as it is: update the software.");
        }
    }
}
