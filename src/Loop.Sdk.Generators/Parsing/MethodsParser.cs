using Loop.Sdk.Generators.Diagnostics;
using Loop.Sdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>Reads the members of a contract.</summary>
internal static class MethodsParser
{
    public static IReadOnlyList<ParsedMethod> Parse(
        INamedTypeSymbol contract, JsonContext json, string contractName, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var methods = new SortedDictionary<int, ParsedMethod>();
        var candidates = 0;
        foreach (var member in contract.GetMembers())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var attribute = member.GetAttributes().FirstOrDefault(candidate => candidate.AttributeClass.IsContractMethodAttribute());
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && (method.IsAbstract || attribute is not null))
            {
                candidates++;
                var parsed = MethodParser.Parse(method, attribute, json, diagnostics, cancellationToken);
                Add(parsed, attribute, methods, diagnostics, cancellationToken);
            }
            else if (member.IsAbstract && IsOtherThanMethod(member))
            {
                diagnostics.Report(Rules.UnsupportedMember, member.Locations[0], member.Name);
            }
        }

        if (candidates == 0)
        {
            diagnostics.Report(Rules.NoMethods, contract.Locations[0], contractName);
        }

        return [.. methods.Values];
    }

    // The accessors of a property or an event are spoken for by the property or the event itself.
    private static bool IsOtherThanMethod(ISymbol member) => member switch
    {
        INamedTypeSymbol => false,
        IMethodSymbol method => method.MethodKind != MethodKind.Ordinary && method.AssociatedSymbol is null,
        _ => true,
    };

    private static void Add(
        ParsedMethod? parsed, AttributeData? attribute, SortedDictionary<int, ParsedMethod> methods, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (parsed is null || attribute is null)
        {
            return;
        }

        var number = parsed.Model.Number;
        if (methods.TryGetValue(number, out var first))
        {
            diagnostics.Report(
                Rules.DuplicateNumber,
                attribute.LocationOfParameter(0, "number", cancellationToken),
                Text.Of(number),
                parsed.Model.Name,
                first.Model.Name);
        }
        else
        {
            methods.Add(number, parsed);
        }
    }
}
