namespace Loop.Sdk.Reconnect;

/// <summary>Tells when the machine has a network again.</summary>
internal interface INetworkMonitor
{
    /// <summary>Adds one who is told.</summary>
    void Add(INetworkListener listener);

    /// <summary>Removes one who was told.</summary>
    void Remove(INetworkListener listener);
}
