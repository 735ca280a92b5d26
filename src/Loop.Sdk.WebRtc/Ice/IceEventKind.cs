namespace Loop.Sdk.WebRtc.Ice;

/// <summary>What has happened to an agent.</summary>
internal enum IceEventKind
{
    /// <summary><see cref="IceAgent.State"/> has changed.</summary>
    StateChanged,

    /// <summary><see cref="IceAgent.Path"/> has changed: data goes another way from now on. Of a path through a relay, the driver binds a channel.</summary>
    PathChanged,

    /// <summary>An address of the peer was found that it had not told of.</summary>
    PeerReflexiveFound,

    /// <summary>Both ends had the same role, and this one gave way: <see cref="IceAgent.Role"/>.</summary>
    RoleChanged,
}
