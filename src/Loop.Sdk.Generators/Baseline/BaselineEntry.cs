using Loop.Sdk.Generators.Diagnostics;

namespace Loop.Sdk.Generators.Baseline;

/// <summary>One line of a baseline.</summary>
/// <param name="Contract">The contract's name.</param>
/// <param name="Number">The method's number.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Signature">The kind and the types, as <see cref="BaselineFormat"/> writes them.</param>
/// <param name="Location">Where the line is.</param>
internal sealed record BaselineEntry(string Contract, int Number, string Method, string Signature, LocationInfo Location)
{
    public string Line => BaselineFormat.Line(Contract, Number, Method, Signature);
}
