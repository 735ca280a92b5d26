namespace Loop.Sdk.Sessions;

internal enum SessionSide
{
    /// <summary>Opens streams with odd ids.</summary>
    Client,

    /// <summary>Opens streams with even ids.</summary>
    Server,
}
