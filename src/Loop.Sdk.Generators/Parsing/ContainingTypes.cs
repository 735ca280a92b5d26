using Loop.Sdk.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>How the types around a contract are opened once more.</summary>
internal static class ContainingTypes
{
    public static EquatableArray<string> Of(InterfaceDeclarationSyntax declaration) =>
        new(declaration.Ancestors().OfType<TypeDeclarationSyntax>().Reverse().Select(type => $"partial {Keyword(type)} {type.Identifier.Text}"));

    private static string Keyword(TypeDeclarationSyntax type) =>
        type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.None)
            ? $"{record.Keyword.Text} {record.ClassOrStructKeyword.Text}"
            : type.Keyword.Text;
}
