using System.Collections.Immutable;
using Loop.Sdk.Generators.Diagnostics;
using Loop.Sdk.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>Works out the kind of a method and the types that travel.</summary>
internal static class SignatureParser
{
    public static Signature Parse(IMethodSymbol method, JsonContext json, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var parameters = ParametersParser.Parse(method, diagnostics);
        var request = parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.Request);
        var items = parameters.FirstOrDefault(parameter => parameter.Role == ParameterRole.Items);
        var payloads = new List<PayloadModel>
        {
            request is null ? PayloadModel.Nothing : json.Payload(request.Symbol.Type, request.TypeLocation, diagnostics),
        };
        if (items is not null)
        {
            payloads.Add(json.Payload(items.Symbol.Type.Argument(0), items.TypeLocation, diagnostics));
        }

        var kind = ReturnKind(method, items is not null, parameters, diagnostics, ReturnLocation(method, cancellationToken));
        payloads.AddRange(Results(method.ReturnType).Select(type => json.Payload(type, ReturnLocation(method, cancellationToken), diagnostics)));
        if (method.ReturnType.IsTask())
        {
            payloads.Add(PayloadModel.Nothing);
        }

        return new Signature(kind, new(payloads), new(parameters.Select(parameter => parameter.ToModel())));
    }

    private static CallKind ReturnKind(
        IMethodSymbol method, bool hasItems, IReadOnlyList<ParsedParameter> parameters, DiagnosticBag diagnostics, Location location)
    {
        if (method.ReturnType.IsTask() || method.ReturnType.IsTaskOfT())
        {
            return hasItems ? CallKind.ClientStream : CallKind.Unary;
        }

        if (method.ReturnType.IsStream())
        {
            return hasItems ? CallKind.Duplex : CallKind.ServerStream;
        }

        if (method.ReturnType.IsFeed())
        {
            foreach (var parameter in parameters.Where(parameter => parameter.Role != ParameterRole.Request))
            {
                diagnostics.Report(Rules.FeedParameter, parameter.Symbol.Locations[0], method.Name, parameter.Symbol.Name);
            }
        }
        else if (method.ReturnType.IsUnresolved())
        {
            diagnostics.LeaveToCompiler();
        }
        else
        {
            diagnostics.Report(Rules.UnsupportedReturnType, location, method.Name, method.ReturnType.ShortName());
        }

        return CallKind.Feed;
    }

    private static ImmutableArray<ITypeSymbol> Results(ITypeSymbol type) =>
        type.IsTaskOfT() || type.IsStream() || type.IsFeed() ? ((INamedTypeSymbol)type).TypeArguments : [];

    private static Location ReturnLocation(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is MethodDeclarationSyntax syntax
            ? syntax.ReturnType.GetLocation()
            : method.Locations[0];
}
