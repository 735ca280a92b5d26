namespace Loop.Sdk.Generators.Model;

/// <summary>How a payload is written.</summary>
internal enum PayloadKind
{
    Nothing,
    Raw,
    Json,
}
