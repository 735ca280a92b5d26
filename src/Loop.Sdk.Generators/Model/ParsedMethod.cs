using Loop.Sdk.Generators.Diagnostics;

namespace Loop.Sdk.Generators.Model;

/// <summary>A method and where it stands in the source.</summary>
internal sealed record ParsedMethod(MethodModel Model, LocationInfo Location);
