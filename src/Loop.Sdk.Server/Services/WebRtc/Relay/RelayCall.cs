using System.Buffers;
using System.Runtime.CompilerServices;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>One end's call: its frames go to the other end, and the other's come out. It holds as little as it can: who does not read is not read for.</summary>
internal sealed class RelayCall(WebRtcCore core, RelayKey key, Participation participation)
{
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> RunAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> frames, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = core.Relays.Open(key, participation, core.Options.MaxRelaysPerSession);
        RelayEnd? peer = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, participation.Ended);
        var sending = Task.CompletedTask;
        byte[]? taken = null;
        try
        {
            peer = await MeetAsync(end, stop.Token, cancellationToken).ConfigureAwait(false);
            using var gone = peer.Participation.Ended.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), stop);
            core.Metrics.Meeting(1);
            sending = SendAsync(frames, peer, stop.Token);
            yield return default;
            while (await ReadAsync(end, peer, stop.Token, cancellationToken).ConfigureAwait(false) is { } frame)
            {
                taken = frame.Buffer;
                yield return taken.AsMemory(0, frame.Length);
                ArrayPool<byte>.Shared.Return(taken);
                taken = null;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            core.Relays.Close(end);
            end.Complete();
            if (peer is not null)
            {
                core.Metrics.Meeting(-1);
                peer.Complete();
            }

            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (taken is not null)
            {
                ArrayPool<byte>.Shared.Return(taken);
            }
        }
    }

    private async Task<RelayEnd> MeetAsync(RelayEnd end, CancellationToken stop, CancellationToken cancellationToken)
    {
        try
        {
            return await end.Peer.WaitAsync(core.Options.RelayWait, core.Time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw WebRtcErrors.Of(ErrorCodes.NoPath);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw RoomErrors.Of(participation.Reason ?? ErrorCodes.NotParticipant);
        }
    }

    // Null: the other end is through.
    private async ValueTask<(byte[] Buffer, int Length)?> ReadAsync(RelayEnd end, RelayEnd peer, CancellationToken stop, CancellationToken cancellationToken)
    {
        try
        {
            return await end.Frames.WaitToReadAsync(stop).ConfigureAwait(false) && end.Frames.TryRead(out var frame) ? frame : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw participation.Reason is { } reason ? RoomErrors.Of(reason) : WebRtcErrors.Of(ErrorCodes.PeerNotFound);
        }
    }

    private async Task SendAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> frames, RelayEnd peer, CancellationToken cancellationToken)
    {
        Exception? error = null;
        try
        {
            await foreach (var frame in frames.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (frame.Length is 0 or > OpenRelay.MaxFrame)
                {
                    throw RoomErrors.TooLarge(OpenRelay.MaxFrame);
                }

                await peer.BringAsync(frame, cancellationToken).ConfigureAwait(false);
                core.Metrics.Relayed(frame.Length);
            }
        }
#pragma warning disable CA1031 // The other end is told that it is over; this one learns what was wrong from its own stream.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            error = exception;
        }

        peer.Complete();
        if (error is LoopException refused)
        {
            // What waits for this end does not matter any more.
            (await peer.Peer.ConfigureAwait(false)).Complete(refused);
        }
    }
}
