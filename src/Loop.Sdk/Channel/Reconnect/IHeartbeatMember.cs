namespace Loop.Sdk.Reconnect;

internal interface IHeartbeatMember
{
    /// <summary>About a second has passed. Must not block.</summary>
    void OnBeat();

    /// <summary>The machine slept, so that nothing is as it was. Must not block.</summary>
    void OnWake();
}
