namespace Loop.Sdk.Generators.Tests.Runtime;

public sealed record Note(string Text);
