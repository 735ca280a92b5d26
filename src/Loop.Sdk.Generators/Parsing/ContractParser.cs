using Loop.Sdk.Generators.Diagnostics;
using Loop.Sdk.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>Turns an interface with the contract attribute into a model, or into diagnostics.</summary>
internal static class ContractParser
{
    public static ParsedContract Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var declaration = (InterfaceDeclarationSyntax)context.TargetNode;
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        var diagnostics = new DiagnosticBag();
        InterfaceRules.Check(symbol, declaration, diagnostics);

        var attribute = context.Attributes[0];
        var name = ContractAttributeReader.Name(attribute, diagnostics, cancellationToken);
        var json = ContractAttributeReader.JsonContext(attribute, diagnostics, cancellationToken);
        var methods = json is null ? [] : MethodsParser.Parse(symbol, json, name ?? symbol.Name, diagnostics, cancellationToken);

        var model = diagnostics.Usable && name is not null && json is not null
            ? new ContractModel(
                name,
                HintName(symbol),
                symbol.ContainingNamespace.IsGlobalNamespace ? null : symbol.ContainingNamespace.ToDisplayString(),
                ContainingTypes.Of(declaration),
                declaration.Identifier.Text,
                symbol.FullName(),
                json.Type,
                new(methods.Select(method => method.Model)))
            : null;
        return new ParsedContract(
            name,
            LocationInfo.Of(declaration.Identifier.GetLocation()),
            model,
            new(methods.Select(method => method.Location)),
            new(diagnostics.Items));
    }

    private static string HintName(INamedTypeSymbol symbol)
    {
        var path = symbol.MetadataName;
        for (var outer = symbol.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            path = outer.MetadataName + "." + path;
        }

        for (var space = symbol.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            path = space.MetadataName + "." + path;
        }

        return path;
    }
}
