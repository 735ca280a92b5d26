namespace Loop.Sdk.Presence;

/// <summary>What an entry has to do next.</summary>
internal enum EntryStep
{
    Wait,
    Enter,
    Update,
    Leave,
}
