namespace Loop.Sdk.Generators.Model;

/// <summary>What a parameter of a contract method is for, in the order in which parameters must come.</summary>
internal enum ParameterRole
{
    Request,
    Items,
    CancellationToken,
}
