namespace Loop.Sdk.Testing;

/// <summary>One direction of a link.</summary>
public enum LinkDirection
{
    /// <summary>From the client to the server.</summary>
    ToServer,

    /// <summary>From the server to the client.</summary>
    ToClient,
}
