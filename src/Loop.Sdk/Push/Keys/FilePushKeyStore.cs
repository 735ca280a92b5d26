namespace Loop.Sdk.Push;

/// <summary>
/// Keeps keys in a file that only its owner may read and write (mode 0600; on Windows the folder's permissions apply: use one of the user's own). The file is replaced as a whole, so that
/// a crash leaves the old or the new one. One process at a time is to use a file.
/// </summary>
public sealed class FilePushKeyStore : IPushKeyStore
{
    // What a thousand subscriptions need, several times over.
    private const int MaxSize = 4 * 1024 * 1024;

    private readonly string _path;

    /// <summary>Names the file, which need not exist. Nothing is read or written yet.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    public FilePushKeyStore(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
    }

    /// <inheritdoc/>
    /// <exception cref="LoopException"><c>store_unavailable</c>: the file cannot be read; <c>store_damaged</c>: it is larger than any of ours; <c>store_foreign</c>: others may read or write it.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> LoadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            // The file that is checked is the one that is read, whatever comes in its place meanwhile.
            var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
            await using (stream.ConfigureAwait(false))
            {
                if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
                {
                    throw new LoopException(ErrorCodes.StoreForeign, "The file with push keys may be used by others than its owner: set its mode to 0600, or remove it, if its keys may be known.");
                }

                var document = new byte[Math.Min(stream.Length, MaxSize) + 1];
                var length = await stream.ReadAtLeastAsync(document, document.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return length < document.Length
                    ? document.AsMemory(0, length)
                    : throw new LoopException(ErrorCodes.StoreDamaged, "The file with push keys is too large to be one. It was left as it is.");
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="LoopException"><c>store_unavailable</c>: the file cannot be written, or the document is larger than 4 MiB.</exception>
    public async ValueTask SaveAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken = default)
    {
        if (document.Length > MaxSize)
        {
            throw new LoopException(ErrorCodes.StoreUnavailable, $"There are more push keys than a file of {MaxSize} bytes can hold. The file was left as it is.");
        }

        var next = $"{_path}.{Guid.NewGuid():N}.new";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            var stream = new FileStream(next, options);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(document, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(next, _path, overwrite: true);
        }
        catch (Exception exception)
        {
            TryDelete(next);
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw Unavailable(exception);
            }

            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What could not be written cannot be removed either.
        }
    }

    private static LoopException Unavailable(Exception exception) => new(ErrorCodes.StoreUnavailable, "The file with push keys cannot be used.", exception) { Retryable = true };
}
