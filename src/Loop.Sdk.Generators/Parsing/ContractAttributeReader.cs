using System.Text.RegularExpressions;
using Loop.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>Reads <c>[Contract(name, jsonContext)]</c>.</summary>
internal static class ContractAttributeReader
{
    private static readonly Regex NamePattern = new(@"\A[a-z0-9][a-z0-9._-]{0,127}/[0-9]+\z", RegexOptions.CultureInvariant);

    public static string? Name(AttributeData attribute, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (attribute.ConstructorArguments.Length != 2 || attribute.ConstructorArguments[0].Kind != TypedConstantKind.Primitive)
        {
            diagnostics.LeaveToCompiler();
            return null;
        }

        var name = attribute.ConstructorArguments[0].Value as string ?? "";
        if (NamePattern.IsMatch(name))
        {
            return name;
        }

        diagnostics.Report(Rules.BadContractName, attribute.LocationOfParameter(0, "name", cancellationToken), name);
        return null;
    }

    public static JsonContext? JsonContext(AttributeData attribute, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (attribute.ConstructorArguments.Length != 2 || attribute.ConstructorArguments[1].Value is not ITypeSymbol type || type.IsUnresolved())
        {
            diagnostics.LeaveToCompiler();
            return null;
        }

        var context = Parsing.JsonContext.Of(type);
        if (context is null)
        {
            diagnostics.Report(Rules.NotJsonContext, attribute.LocationOfParameter(1, "jsonContext", cancellationToken), type.ShortName());
        }

        return context;
    }
}
