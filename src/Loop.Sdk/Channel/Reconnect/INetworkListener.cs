namespace Loop.Sdk.Reconnect;

internal interface INetworkListener
{
    /// <summary>The machine has a network again. Must not block.</summary>
    void OnNetworkAvailable();
}
