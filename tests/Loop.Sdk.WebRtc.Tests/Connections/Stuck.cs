namespace Loop.Sdk.WebRtc.Tests.Connections;

/// <summary>Tells when a send waits for the peer's reader.</summary>
internal static class Stuck
{
    /// <summary>Completes when a send has not completed while a second message on another channel could have made many round trips.</summary>
    public static async Task IsStuck(this IPeerConnection peer, Task sending)
    {
        // Loopback needs well under a millisecond; a task that is still waiting after so many turns of the thread pool waits for something else.
        for (var turn = 0; turn < 200 && !sending.IsCompleted && peer.State == PeerConnectionState.Connected; turn++)
        {
            await Task.Delay(1);
        }

        if (sending.IsCompleted)
        {
            await Task.Delay(Timeout.Infinite, new CancellationToken(true)).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }
}
