using Loop.Sdk.Local;

namespace Loop.Sdk.Server;

/// <summary>
/// The right to serve on a Unix domain socket of this user: one process has it at a time, whatever happens to it. Take it before the store is opened, and give it back after the host has
/// stopped: then an update takes over without two of them ever being there.
/// </summary>
public sealed class LocalService : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly LocalPlace _place;
    private readonly FileStream _lock;

    private LocalService(LocalPlace place, FileStream @lock) => (_place, _lock) = (place, @lock);

    /// <summary>The socket's full path.</summary>
    public string SocketPath => _place.SocketPath;

    /// <summary>
    /// Takes the right to serve. The socket of a process that died is removed. An older version that serves is asked to end (<c>SIGTERM</c>), and waited for: its host drains, so that its
    /// clients connect again.
    /// </summary>
    /// <param name="options">What to serve on.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The right; null if a process of the same or a newer version serves.</returns>
    /// <exception cref="LoopException">
    /// <c>unsafe_path</c>: the socket or its folder belongs to another user, or is open to others; <c>address_in_use</c>: another program listens there; <c>unavailable</c>, retryable: the
    /// older one did not end in time.
    /// </exception>
    public static async Task<LocalService?> ClaimAsync(LocalServiceOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var place = new LocalPlace(options.SocketPath);
        place.Check();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.TakeOverTimeout);
        try
        {
            return await LockAsync(place, options.Version, timeout.Token).ConfigureAwait(false) is { } taken ? await BeginAsync(place, taken, options.Version, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LoopException(ErrorCodes.Unavailable, $"The older service on {place.SocketPath} does not end.") { Retryable = true };
        }
    }

    /// <summary>Gives the right back.</summary>
    public async ValueTask DisposeAsync()
    {
        File.Delete(_place.RecordPath);
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<FileStream?> LockAsync(LocalPlace place, Version version, CancellationToken cancellationToken)
    {
        LocalRecord? asked = null;
        while (true)
        {
            if (place.TryLock() is { } taken)
            {
                return taken;
            }

            // Whoever has the lock says who it is right after; until then there may be nothing, or what was there before.
            var serving = LocalRecord.Read(place.RecordPath);
            if (serving is not null && serving.Version >= version)
            {
                return null;
            }

            if (serving is not null && serving != asked && await AskToEndAsync(place, serving.Process, cancellationToken).ConfigureAwait(false))
            {
                asked = serving;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    // What was there before may name a process whose number is another program's by now: only the one that listens, as the kernel says, is asked.
    private static async Task<bool> AskToEndAsync(LocalPlace place, int process, CancellationToken cancellationToken)
    {
        using var listener = await place.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return listener is not null && !OperatingSystem.IsWindows() && (UnixPeer.ProcessOf(listener) ?? process) == process && Libc.Signal(process, Libc.Terminate) == 0;
    }

    private static async Task<LocalService> BeginAsync(LocalPlace place, FileStream taken, Version version, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(place.RecordPath);
            if (await place.IsServedAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new LoopException(ErrorCodes.AddressInUse, $"Another program listens on {place.SocketPath}.");
            }

            // It is a socket, and nobody's any more.
            File.Delete(place.SocketPath);
            new LocalRecord(Environment.ProcessId, version).Write(place.RecordPath);
            return new LocalService(place, taken);
        }
        catch
        {
            await taken.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
