namespace Loop.Sdk.Testing;

internal enum MemorySendKind
{
    Message,
    Open,
    Acknowledge,
    Close,
}
