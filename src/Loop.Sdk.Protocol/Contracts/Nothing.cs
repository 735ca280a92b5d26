namespace Loop.Sdk.Contracts;

/// <summary>The request of a method without a parameter, and the response of a method that returns a plain <see cref="Task"/>: no bytes on the wire.</summary>
public readonly record struct Nothing;
