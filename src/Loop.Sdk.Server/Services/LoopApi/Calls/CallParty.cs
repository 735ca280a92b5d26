namespace Loop.Sdk.Server.LoopApi;

internal enum CallParty
{
    Caller,
    Callee,
}
