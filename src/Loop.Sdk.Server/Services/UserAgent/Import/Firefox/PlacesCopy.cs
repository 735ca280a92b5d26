namespace Loop.Sdk.Server.UserAgent;

/// <summary>A copy of <c>places.sqlite</c> in a folder that is deleted with it. The browser holds the original, writes to it, and lets nobody else open it.</summary>
internal sealed class PlacesCopy : IDisposable
{
    private const string Journal = "-wal";
    private const int Attempts = 3;

    private readonly string _folder;

    private PlacesCopy(string folder) => _folder = folder;

    public string Path => System.IO.Path.Combine(_folder, "places.sqlite");

    /// <summary>Copies the file together with its journal, as they are at one moment.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">How many bytes both may have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PlacesCopy> MakeAsync(string path, long most, CancellationToken cancellationToken)
    {
        // Of the user alone: CreateTempSubdirectory makes it so.
        var copy = new PlacesCopy(Directory.CreateTempSubdirectory("loop-import-").FullName);
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var before = Stamp(path);
                await copy.CopyAsync(path, most, cancellationToken).ConfigureAwait(false);
                if (Stamp(path) == before)
                {
                    return copy;
                }
            }

            throw ImportErrors.Busy();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            copy.Dispose();
            throw ImportErrors.Invalid("The file cannot be read.", exception);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (long, DateTime, long, DateTime) Stamp(string path)
    {
        var (file, journal) = (new FileInfo(path), new FileInfo(path + Journal));
        return (file.Length, file.LastWriteTimeUtc, journal.Exists ? journal.Length : 0, journal.LastWriteTimeUtc);
    }

    private async Task CopyAsync(string path, long most, CancellationToken cancellationToken)
    {
        var length = await CopyAsync(path, Path, most, cancellationToken).ConfigureAwait(false);
        File.Delete(Path + Journal);
        if (File.Exists(path + Journal))
        {
            await CopyAsync(path + Journal, Path + Journal, most - length, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<long> CopyAsync(string from, string to, long most, CancellationToken cancellationToken)
    {
        var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        await using (source.ConfigureAwait(false))
        await using (target.ConfigureAwait(false))
        {
            return await BoundedCopy.RunAsync(source, target, most, cancellationToken).ConfigureAwait(false);
        }
    }
}
