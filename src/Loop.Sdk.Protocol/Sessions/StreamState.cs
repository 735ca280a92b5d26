namespace Loop.Sdk.Sessions;

internal enum StreamState : byte
{
    New,

    /// <summary>Waits for a free stream or for credit before its open frame goes out.</summary>
    Opening,

    Open,

    Closed,
}
