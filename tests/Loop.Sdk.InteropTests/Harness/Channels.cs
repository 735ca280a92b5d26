namespace Loop.Sdk.InteropTests.Harness;

internal static class Channels
{
    /// <summary>Completes when the channel is connected again after it was not.</summary>
    public static async Task<ChannelStateChange> ReconnectedAsync(this ChannelClient client)
    {
        var wasLost = false;
        await foreach (var change in client.StateChanges())
        {
            wasLost |= change.Current == ChannelState.Reconnecting;
            if (wasLost && change.Current == ChannelState.Connected)
            {
                return change;
            }
        }

        throw new InvalidOperationException("The channel was closed.");
    }
}
