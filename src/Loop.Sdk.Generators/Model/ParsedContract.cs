using Loop.Sdk.Generators.Diagnostics;

namespace Loop.Sdk.Generators.Model;

/// <summary>What was found out about one interface with the contract attribute.</summary>
/// <param name="ContractName">The name, as far as it is known.</param>
/// <param name="Location">Where the interface is named.</param>
/// <param name="Model">What to generate, or null when something is wrong.</param>
/// <param name="MethodLocations">Where the model's methods stand, in the same order.</param>
/// <param name="Diagnostics">What is wrong.</param>
internal sealed record ParsedContract(
    string? ContractName,
    LocationInfo Location,
    ContractModel? Model,
    EquatableArray<LocationInfo> MethodLocations,
    EquatableArray<DiagnosticInfo> Diagnostics);
