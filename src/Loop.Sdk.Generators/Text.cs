using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Loop.Sdk.Generators;

/// <summary>Values as C# text, the same on every machine.</summary>
internal static class Text
{
    public static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Literal(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
