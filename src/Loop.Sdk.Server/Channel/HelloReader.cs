using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Server;

/// <summary>Reads the first frame of a connection, which must be a hello and must be there in time, however its bytes trickle in.</summary>
internal sealed class HelloReader(TimeSpan timeout, Clock clock)
{
    /// <summary>Reads the hello. Null if the client closed the connection instead.</summary>
    /// <param name="connection">A connection of which nothing was read.</param>
    /// <param name="started">Given the read, which goes on if this fails because the time is up: only one may be under way at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">It is no hello, cannot be read, is too large or too late.</exception>
    public async ValueTask<Hello?> ReadAsync(SessionConnection connection, Action<Task> started, CancellationToken cancellationToken)
    {
        var reading = connection.ReadHandshakeAsync(cancellationToken).AsTask();
        started(reading);
        if (!reading.IsCompleted)
        {
            await WaitAsync(reading, cancellationToken).ConfigureAwait(false);
        }

        if (await reading.ConfigureAwait(false) is not { } frame)
        {
            return null;
        }

        return frame.Kind == FrameKind.Hello
            ? ControlFrames.ReadHello(frame.Body)
            : throw new LoopException(ErrorCodes.HelloExpected, "The first frame is not a hello.");
    }

    private async ValueTask WaitAsync(Task reading, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var deadline = Task.Delay(timeout, clock.Time, stop.Token);
        if (await Task.WhenAny(reading, deadline).ConfigureAwait(false) == deadline && !cancellationToken.IsCancellationRequested)
        {
            throw new LoopException(ErrorCodes.HelloExpected, "The hello came too late.") { Retryable = true };
        }

        await stop.CancelAsync().ConfigureAwait(false);
    }
}
