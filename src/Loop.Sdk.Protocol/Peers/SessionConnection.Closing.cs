using System.Net.WebSockets;

namespace Loop.Sdk.Peers;

/// <summary>Ending a connection so that the other end learns why: the reason goes out, then the close, then what still comes in is passed over.</summary>
internal sealed partial class SessionConnection
{
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(2);

    private Farewell? _farewell;

    /// <summary>Sends what waits, then this as the last frame, and closes this end's half. The connection ends when the other end closes its half, or is aborted.</summary>
    public void Finish(Farewell farewell)
    {
        Interlocked.CompareExchange(ref _farewell, farewell, null);
        if (_session?.TryClaimOutput() == true)
        {
            Flush();
        }
    }

    /// <summary>Ends a connection that carries no session.</summary>
    /// <param name="farewell">Why.</param>
    /// <param name="reading">A read of the handshake that is still under way, or null.</param>
    public async Task RefuseAsync(Farewell farewell, Task? reading)
    {
        using var limit = new CancellationTokenSource(LingerTime, clock.Time);
        try
        {
            await SendFarewellAsync(farewell, limit.Token).ConfigureAwait(false);
            if (reading is null)
            {
                await DiscardRestAsync(limit.Token).ConfigureAwait(false);
            }
            else
            {
                await reading.WaitAsync(limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is LoopException || IsEnd(exception))
        {
            // The other end went away first, or takes too long: it may have read the reason or not.
        }

        if (Socket.State != WebSocketState.Closed)
        {
            Socket.Abort();
        }

        if (reading is { IsCompleted: false })
        {
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _filled = 0;
        ReleaseBuffer();
    }

    private static bool IsEnd(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;

    private async Task SendFarewellAsync(Farewell farewell, CancellationToken cancellationToken)
    {
        await Socket.SendAsync(farewell.Frame.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        await Socket.CloseOutputAsync(farewell.Status, farewell.Description, cancellationToken).ConfigureAwait(false);
    }

    // A connection that is reset while data is on its way to it may lose what it had received: so the other end gets time to read the reason.
    private async Task LingerAsync()
    {
        using var limit = new CancellationTokenSource(LingerTime, clock.Time);
        try
        {
            await DiscardRestAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LoopException || IsEnd(exception))
        {
            // It is aborted next.
        }
    }

    private async Task DiscardRestAsync(CancellationToken cancellationToken)
    {
        do
        {
            _filled = 0;
        }
        while (await FillAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task AnswerCloseAsync()
    {
        using var limit = new CancellationTokenSource(LingerTime, clock.Time);
        try
        {
            await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // It is aborted next.
        }
    }
}
