using Loop.Sdk.Generators.Model;

namespace Loop.Sdk.Generators.Emission;

/// <summary>Writes the client: each method hands its arguments to the invoker.</summary>
internal static class ClientEmitter
{
    private const string Invoker = "global::Loop.Sdk.Contracts.ContractInvoker";

    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        GeneratedMarks.Write(writer);
        writer
            .Open($"private sealed class GeneratedClient : {contract.InterfaceType}")
            .Line($"private readonly {Invoker} _invoker;")
            .Line("")
            .Line($"internal GeneratedClient({Invoker} invoker) => _invoker = invoker;");
        foreach (var method in contract.Methods)
        {
            var parameters = string.Join(", ", method.Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));
            writer
                .Line("")
                .Line($"{method.ReturnType} {contract.InterfaceType}.{Text.Identifier(method.Name)}({parameters}) =>")
                .Line($"    this._invoker.{InvokerMethod(method.Kind)}({string.Join(", ", Arguments(method))});");
        }

        writer.Close();
    }

    private static string InvokerMethod(CallKind kind) => kind == CallKind.Feed ? "Feed" : kind + "Async";

    private static IEnumerable<string> Arguments(MethodModel method)
    {
        yield return "GeneratedContract." + method.FieldName();
        yield return Argument(method, ParameterRole.Request);
        if (method.Has(ParameterRole.Items))
        {
            yield return Argument(method, ParameterRole.Items);
        }

        if (method.Kind != CallKind.Feed)
        {
            yield return Argument(method, ParameterRole.CancellationToken);
        }
    }

    private static string Argument(MethodModel method, ParameterRole role) =>
        method.Parameters.FirstOrDefault(parameter => parameter.Role == role)?.Name ?? "default";
}
