namespace Loop.Sdk.Generators.Model;

/// <summary>Everything that the generated code of one contract depends on, and nothing else: no symbols, no locations.</summary>
/// <param name="ContractName">The name with its major version.</param>
/// <param name="HintName">The interface's full name, for the generated file.</param>
/// <param name="Namespace">The namespace as declared, or null for the global one.</param>
/// <param name="ContainingTypes">The openings of the types around the interface, outermost first, for example <c>partial class Outer</c>.</param>
/// <param name="InterfaceName">The interface's own name.</param>
/// <param name="InterfaceType">The interface as generated code names it.</param>
/// <param name="JsonContextType">The JSON context as generated code names it.</param>
/// <param name="Methods">The methods, by number.</param>
internal sealed record ContractModel(
    string ContractName,
    string HintName,
    string? Namespace,
    EquatableArray<string> ContainingTypes,
    string InterfaceName,
    string InterfaceType,
    string JsonContextType,
    EquatableArray<MethodModel> Methods);
