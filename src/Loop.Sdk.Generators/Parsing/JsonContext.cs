using Loop.Sdk.Generators.Diagnostics;
using Loop.Sdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>The JSON context of a contract: which types it was told about, and so how each payload is written.</summary>
internal sealed class JsonContext
{
    private readonly INamedTypeSymbol _type;
    private readonly HashSet<ITypeSymbol> _known;

    private JsonContext(INamedTypeSymbol type)
    {
        _type = type;
        // The default comparer looks past nullable annotations of reference types, which JSON type information does not have.
        _known = new HashSet<ITypeSymbol>(
            type.GetAttributes()
                .Where(attribute => attribute.AttributeClass.IsJsonSerializableAttribute() && attribute.ConstructorArguments.Length == 1)
                .Select(attribute => attribute.ConstructorArguments[0].Value)
                .OfType<ITypeSymbol>(),
            SymbolEqualityComparer.Default);
    }

    public string Type => _type.FullName();

    public static JsonContext? Of(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsUnboundGenericType: false } named && BaseTypes(named).Any(SymbolNames.IsJsonSerializerContext)
            ? new JsonContext(named)
            : null;

    public PayloadModel Payload(ITypeSymbol type, Location location, DiagnosticBag diagnostics)
    {
        if (type.IsRawBytes())
        {
            return PayloadModel.Raw;
        }

        if (type.IsNothing())
        {
            return PayloadModel.Nothing;
        }

        if (type.IsUnresolved())
        {
            diagnostics.LeaveToCompiler();
        }
        else if (!_known.Contains(type))
        {
            diagnostics.Report(Rules.TypeNotInContext, location, type.ShortName(), _type.ShortName());
        }

        return new PayloadModel(PayloadKind.Json, type.FullName(), type.ShortName());
    }

    private static IEnumerable<INamedTypeSymbol> BaseTypes(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }
}
