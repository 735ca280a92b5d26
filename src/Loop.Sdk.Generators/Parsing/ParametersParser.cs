using Loop.Sdk.Generators.Diagnostics;
using Loop.Sdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>Checks that parameters are passed by value and come as request, stream, token.</summary>
internal static class ParametersParser
{
    public static IReadOnlyList<ParsedParameter> Parse(IMethodSymbol method, DiagnosticBag diagnostics)
    {
        var parameters = method.Parameters.Select(parameter => new ParsedParameter(parameter)).ToList();
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = parameters[i];
            if (parameter.Symbol.RefKind != RefKind.None)
            {
                diagnostics.Report(Rules.UnsupportedMethod, parameter.Symbol.Locations[0], method.Name, $"'{parameter.Symbol.Name}' is not passed by value");
            }

            CheckPlace(method, parameters, i, diagnostics);
        }

        return parameters;
    }

    private static void CheckPlace(IMethodSymbol method, List<ParsedParameter> parameters, int index, DiagnosticBag diagnostics)
    {
        var parameter = parameters[index];
        var before = parameters.Take(index).ToList();
        var location = parameter.Symbol.Locations[0];
        if (parameter.Role == ParameterRole.Request && before.FirstOrDefault(other => other.Role == ParameterRole.Request) is { } first)
        {
            diagnostics.Report(Rules.TooManyRequests, location, method.Name, first.Symbol.Name);
        }
        else if (before.Any(other => other.Role > parameter.Role || (other.Role == parameter.Role && other.Role != ParameterRole.Request)))
        {
            diagnostics.Report(Rules.ParameterOrder, location, method.Name, parameter.Symbol.Name);
        }
    }
}
