using Loop.Sdk.Generators.Model;

namespace Loop.Sdk.Generators.Emission;

/// <summary>Writes the lambda that calls a method on the server's implementation.</summary>
internal static class HandlerEmitter
{
    public static string Lambda(MethodModel method)
    {
        var parameters = string.Join(", ", Parameters(method));
        var call = $"service.{Text.Identifier(method.Name)}({string.Join(", ", method.Parameters.Select(parameter => Name(parameter.Role)))})";
        return method.ReturnsPlainTask
            // A plain task has no result to hand on, so this is the one shape that needs a state machine of its own.
            ? $"static async ({parameters}) => {{ await {call}.ConfigureAwait(false); return default; }}"
            : $"static ({parameters}) => {call}";
    }

    private static IEnumerable<string> Parameters(MethodModel method)
    {
        yield return "service";
        yield return NameIfUsed(method, ParameterRole.Request);
        if (method.Kind is CallKind.ClientStream or CallKind.Duplex)
        {
            yield return Name(ParameterRole.Items);
        }

        if (method.Kind is not CallKind.Feed)
        {
            yield return NameIfUsed(method, ParameterRole.CancellationToken);
        }
    }

    private static string NameIfUsed(MethodModel method, ParameterRole role) => method.Has(role) ? Name(role) : "_";

    private static string Name(ParameterRole role) => role switch
    {
        ParameterRole.Request => "request",
        ParameterRole.Items => "items",
        _ => "cancellationToken",
    };
}
