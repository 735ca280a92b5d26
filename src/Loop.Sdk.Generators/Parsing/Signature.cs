using Loop.Sdk.Generators.Model;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>What a method's parameters and return type mean.</summary>
internal sealed record Signature(CallKind Kind, EquatableArray<PayloadModel> Payloads, EquatableArray<ParameterModel> Parameters);
