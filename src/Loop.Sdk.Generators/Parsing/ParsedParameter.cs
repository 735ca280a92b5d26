using Loop.Sdk.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>A parameter and what it is for.</summary>
internal sealed class ParsedParameter(IParameterSymbol symbol)
{
    public IParameterSymbol Symbol { get; } = symbol;

    public ParameterRole Role { get; } =
        symbol.Type.IsCancellationToken() ? ParameterRole.CancellationToken
        : symbol.Type.IsStream() ? ParameterRole.Items
        : ParameterRole.Request;

    public Location TypeLocation =>
        Symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ParameterSyntax { Type: { } type }
            ? type.GetLocation()
            : Symbol.Locations[0];

    public ParameterModel ToModel() => new(Text.Identifier(Symbol.Name), Symbol.Type.FullName(), Role);
}
