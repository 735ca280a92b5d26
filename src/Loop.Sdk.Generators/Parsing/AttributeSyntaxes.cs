using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>Finds where in the source an attribute's argument was written.</summary>
internal static class AttributeSyntaxes
{
    public static Location LocationOfParameter(this AttributeData attribute, int index, string parameterName, CancellationToken cancellationToken)
    {
        var arguments = attribute.Arguments(cancellationToken);
        var argument = arguments.FirstOrDefault(candidate => candidate.NameColon?.Name.Identifier.ValueText == parameterName)
            ?? arguments.Where(candidate => candidate.NameEquals is null && candidate.NameColon is null).ElementAtOrDefault(index);
        return argument?.Expression.GetLocation() ?? attribute.Location(cancellationToken);
    }

    public static Location LocationOfProperty(this AttributeData attribute, string propertyName, CancellationToken cancellationToken) =>
        attribute.Arguments(cancellationToken).FirstOrDefault(candidate => candidate.NameEquals?.Name.Identifier.ValueText == propertyName)?.Expression.GetLocation()
        ?? attribute.Location(cancellationToken);

    private static Location Location(this AttributeData attribute, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation() ?? Microsoft.CodeAnalysis.Location.None;

    private static SeparatedSyntaxList<AttributeArgumentSyntax> Arguments(this AttributeData attribute, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax { ArgumentList.Arguments: var arguments } ? arguments : default;
}
