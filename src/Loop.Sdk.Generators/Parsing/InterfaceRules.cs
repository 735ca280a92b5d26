using Loop.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>What an interface must be before its members matter.</summary>
internal static class InterfaceRules
{
    public static void Check(INamedTypeSymbol symbol, InterfaceDeclarationSyntax declaration, DiagnosticBag diagnostics)
    {
        foreach (var type in declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
        {
            if (!type.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                diagnostics.Report(Rules.NotPartial, type.Identifier.GetLocation(), type.Identifier.ValueText, symbol.Name);
            }

            if (type.TypeParameterList is { } parameters)
            {
                diagnostics.Report(Rules.UnsupportedInterface, parameters.GetLocation(), symbol.Name, type == declaration ? "is generic" : "is inside a generic type");
            }

            if (type.Modifiers.Any(SyntaxKind.FileKeyword))
            {
                diagnostics.Report(Rules.UnsupportedInterface, type.Identifier.GetLocation(), symbol.Name, "is local to its file, where generated code cannot reach it");
            }
        }

        foreach (var parent in symbol.Interfaces)
        {
            CheckParent(symbol, declaration, parent, diagnostics);
        }
    }

    private static void CheckParent(INamedTypeSymbol symbol, InterfaceDeclarationSyntax declaration, INamedTypeSymbol parent, DiagnosticBag diagnostics)
    {
        if (parent.IsUnresolved())
        {
            diagnostics.LeaveToCompiler();
        }
        else if (!(parent.IsContract() && SymbolEqualityComparer.Default.Equals(parent.Argument(0), symbol)))
        {
            // Another part of the interface may be the one that names the parent.
            var location = declaration.BaseList?.GetLocation() ?? declaration.Identifier.GetLocation();
            diagnostics.Report(Rules.Inherits, location, symbol.Name, parent.ShortName());
        }
    }
}
