namespace Loop.Sdk.Server.LoopApi;

/// <summary>What has happened in a call. Its state is how much of it has.</summary>
[Flags]
internal enum CallFacts
{
    None = 0,
    CallerIsThere = 1,
    CalleeIsThere = 2,
    Accepted = 4,
    CallerHasMedia = 8,
    CalleeHasMedia = 16,
}
