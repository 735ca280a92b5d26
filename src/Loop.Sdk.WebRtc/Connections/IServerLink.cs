namespace Loop.Sdk.WebRtc.Connections;

/// <summary>A way to a server: whole messages, one at a time.</summary>
internal interface IServerLink
{
    /// <summary>Sends a message, or loses it.</summary>
    void Send(ReadOnlySpan<byte> message, long now);

    void Close();
}
