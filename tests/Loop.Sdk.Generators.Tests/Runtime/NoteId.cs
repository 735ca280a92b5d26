namespace Loop.Sdk.Generators.Tests.Runtime;

public readonly record struct NoteId(int Value);
