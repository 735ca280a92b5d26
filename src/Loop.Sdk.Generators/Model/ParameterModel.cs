namespace Loop.Sdk.Generators.Model;

/// <summary>One parameter of a contract method.</summary>
/// <param name="Name">The name, escaped where it is a keyword.</param>
/// <param name="Type">The type as generated code names it.</param>
/// <param name="Role">What it is for.</param>
internal sealed record ParameterModel(string Name, string Type, ParameterRole Role);
