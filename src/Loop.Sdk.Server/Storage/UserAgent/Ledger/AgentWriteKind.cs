namespace Loop.Sdk.Server.Storage;

/// <summary>The kinds of writes that keys are for. Numbers are those of the file.</summary>
internal enum AgentWriteKind
{
    Session = 1,
    Visit = 2,
    Page = 3,
    Star = 4,
    Unstar = 5,
}
