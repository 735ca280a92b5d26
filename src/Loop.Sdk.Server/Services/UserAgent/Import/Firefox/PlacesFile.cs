using Loop.Sdk.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>A copy of <c>places.sqlite</c>, opened as a file that anybody may have made.</summary>
internal sealed class PlacesFile : IDisposable
{
    private const int MaxValue = 4 * 1024 * 1024;

    private readonly SqliteSession _session;

    private PlacesFile(SqliteSession session) => _session = session;

    /// <summary>Opens a file and looks at all of it, so that what is damaged fails before anything is imported.</summary>
    public static PlacesFile Open(string path, CancellationToken cancellationToken)
    {
        try
        {
            // Written to once: what is in the journal is brought to the file.
            var file = new PlacesFile(new SqliteSession(path, SqliteOpenMode.ReadWrite, TimeSpan.Zero));
            try
            {
                file._session.LimitValues(MaxValue);
                using var interrupt = cancellationToken.UnsafeRegister(static session => ((SqliteSession)session!).Interrupt(), file._session);
                file.Check();
                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (SqliteException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Damaged(exception);
        }
    }

    public long CountPlaces() => Number("SELECT count(*) FROM moz_places");

    public long CountVisits() => Number("SELECT count(*) FROM moz_historyvisits");

    public PlacesRows Query(string sql)
    {
        try
        {
            return new PlacesRows(_session.Prepare(sql));
        }
        catch (SqliteException exception)
        {
            throw Damaged(exception);
        }
    }

    public void Dispose() => _session.Dispose();

    public static LoopException Damaged(SqliteException exception) => ImportErrors.Invalid("The file is no database, or it is damaged.", exception);

    private long Number(string sql)
    {
        try
        {
            return _session.Number(sql);
        }
        catch (SqliteException exception)
        {
            throw Damaged(exception);
        }
    }

    private void Check()
    {
        _session.Script("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA query_only = ON");
        if (_session.Text("PRAGMA encoding") != "UTF-8")
        {
            throw ImportErrors.Invalid("The file's texts are not UTF-8.");
        }

        // Tables and nothing else: a view or a virtual table could run anything.
        var tables = _session.Number("""
            SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE %' AND name IN ('moz_places', 'moz_historyvisits', 'moz_bookmarks')
            """);
        if (tables != 3)
        {
            throw ImportErrors.Invalid("The file is not one of Firefox's places.");
        }

        if (_session.Text("PRAGMA quick_check(1)") != "ok")
        {
            throw ImportErrors.Invalid("The file is damaged.");
        }
    }
}
