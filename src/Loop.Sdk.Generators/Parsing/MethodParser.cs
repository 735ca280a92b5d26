using Loop.Sdk.Generators.Diagnostics;
using Loop.Sdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>Reads one method: its attribute, then its signature.</summary>
internal static class MethodParser
{
    private const int MaxNumber = 65535;
    private const int MaxWeight = 16;

    /// <summary>The method, or null when something that matters to other methods as well, its number, is not known.</summary>
    public static ParsedMethod? Parse(
        IMethodSymbol method, AttributeData? attribute, JsonContext json, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var location = method.Locations[0];
        CheckShape(method, location, diagnostics);
        var signature = SignatureParser.Parse(method, json, diagnostics, cancellationToken);
        if (attribute is null)
        {
            diagnostics.Report(Rules.MissingNumber, location, method.Name);
            return null;
        }

        if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Value is not int number)
        {
            diagnostics.LeaveToCompiler();
            return null;
        }

        if (number is < 1 or > MaxNumber)
        {
            diagnostics.Report(Rules.NumberOutOfRange, attribute.LocationOfParameter(0, "number", cancellationToken), Text.Of(number), method.Name);
        }

        var weight = Named(attribute, "Weight") as int? ?? 1;
        if (weight is < 1 or > MaxWeight)
        {
            diagnostics.Report(Rules.WeightOutOfRange, attribute.LocationOfProperty("Weight", cancellationToken), Text.Of(weight), method.Name);
        }

        var model = new MethodModel(
            number,
            method.Name,
            signature.Kind,
            Named(attribute, "Idempotent") is true,
            weight,
            signature.Payloads,
            signature.Parameters,
            method.ReturnType.FullName(),
            method.ReturnType.IsTask());
        return new ParsedMethod(model, LocationInfo.Of(location));
    }

    private static void CheckShape(IMethodSymbol method, Location location, DiagnosticBag diagnostics)
    {
        if (method.IsGenericMethod)
        {
            diagnostics.Report(Rules.UnsupportedMethod, location, method.Name, "it is generic");
        }

        if (method.IsStatic)
        {
            diagnostics.Report(Rules.UnsupportedMethod, location, method.Name, "it is static");
        }
        else if (!method.IsAbstract)
        {
            diagnostics.Report(Rules.UnsupportedMethod, location, method.Name, "it has a body");
        }

        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            diagnostics.Report(Rules.UnsupportedMethod, location, method.Name, "it returns by reference");
        }

        if (method.DeclaredAccessibility != Accessibility.Public)
        {
            diagnostics.Report(Rules.UnsupportedMethod, location, method.Name, "it is not public");
        }
    }

    private static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
