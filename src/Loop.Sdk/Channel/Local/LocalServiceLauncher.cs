using System.Diagnostics;
using Loop.Sdk.Local;

namespace Loop.Sdk;

/// <summary>
/// A service of this user on this machine that is started when it is needed: the first client starts it, later ones share it, and it outlives them all. It is a program of its own, which claims
/// the socket, for instance with the server package's <c>LocalService</c>; when several are started at once, one serves and the others end.
/// </summary>
/// <remarks>The program runs in a session of its own, without a terminal, so that neither the end of its starter nor a key pressed there ends it.</remarks>
public sealed class LocalServiceLauncher
{
    private const string NoLog = "/dev/null";

    // The shell returns at once, and nobody is the program's parent then.
    private const string Script = """
        log=$0
        if command -v setsid >/dev/null 2>&1; then setsid "$@" </dev/null >>"$log" 2>&1 & else "$@" </dev/null >>"$log" 2>&1 & fi
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The service's Unix domain socket: see <see cref="LocalSocket.PathFor"/>. Its folder is made if there is none; it must be the user's alone (mode 0700).</summary>
    public required string SocketPath { get; init; }

    /// <summary>The program, found as programs are.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments, each as it is. Secrets do not belong here: others can read them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The program's version: if one that is older serves, this one is started, which takes over. Null (default) to be content with any.</summary>
    public Version? Version { get; init; }

    /// <summary>A file that takes what the program prints, at its end; null (default) for nowhere.</summary>
    public string? LogPath { get; init; }

    /// <summary>How long the service may take until it listens: 1 ms to 1 hour; 10 s by default. A channel's own <c>ConnectTimeout</c> counts as well.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Sees to it that the service listens. Starts it if it does not.</summary>
    /// <param name="cancellationToken">Gives up waiting; the service may start all the same.</param>
    /// <exception cref="LoopException">
    /// <c>unsafe_path</c>: the socket or its folder belongs to another user, or is open to others; <c>unavailable</c>, retryable: the program cannot be started, or does not listen in time.
    /// </exception>
    public async Task EnsureRunningAsync(CancellationToken cancellationToken = default)
    {
        var place = new LocalPlace(SocketPath);
        place.Check();
        if (await place.IsServedAsync(cancellationToken).ConfigureAwait(false))
        {
            if (LocalRecord.Read(place.RecordPath) is { } serving && serving.Version < Version)
            {
                // It serves until the other is ready to take over: whoever connects now is told when.
                await StartOnceAsync(place, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        try
        {
            await StartAsync(place, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LoopException(ErrorCodes.Unavailable, $"The service does not listen on {SocketPath} after {StartTimeout}.") { Retryable = true };
        }
    }

    /// <summary>Starts it, unless another is about to, and waits until it listens.</summary>
    private async Task StartAsync(LocalPlace place, CancellationToken cancellationToken)
    {
        FileStream? starting = null;
        try
        {
            while (!await place.IsServedAsync(cancellationToken).ConfigureAwait(false))
            {
                if (starting is null && (starting = place.TryLockStart()) is not null)
                {
                    // Whoever had the lock before may have started it meanwhile.
                    if (await place.IsServedAsync(cancellationToken).ConfigureAwait(false))
                    {
                        return;
                    }

                    await StartProgramAsync(cancellationToken).ConfigureAwait(false);
                }

                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (starting is not null)
            {
                await starting.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task StartOnceAsync(LocalPlace place, CancellationToken cancellationToken)
    {
        if (place.TryLockStart() is { } starting)
        {
            await using (starting.ConfigureAwait(false))
            {
                await StartProgramAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task StartProgramAsync(CancellationToken cancellationToken)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(Program, Arguments) { CreateNoWindow = true }
            : new ProcessStartInfo("/bin/sh", ["-c", Script, LogPath ?? NoLog, Program, .. Arguments]);
        try
        {
            using var process = Process.Start(start)!;
            if (!OperatingSystem.IsWindows())
            {
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new LoopException(ErrorCodes.Unavailable, "The service cannot be started.", exception) { Retryable = true };
        }
    }
}
