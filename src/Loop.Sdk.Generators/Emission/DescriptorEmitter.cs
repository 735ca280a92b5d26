using Loop.Sdk.Generators.Model;

namespace Loop.Sdk.Generators.Emission;

/// <summary>Writes the holder of the method objects and the descriptor.</summary>
internal static class DescriptorEmitter
{
    private const string Contracts = "global::Loop.Sdk.Contracts.";

    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        GeneratedMarks.Write(writer);
        writer.Open("private static class GeneratedContract");
        foreach (var method in contract.Methods)
        {
            EmitMethod(writer, contract, method);
        }

        EmitDescriptor(writer, contract);
        writer.Close();
    }

    private static void EmitMethod(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        var codecs = string.Join(", ", method.Payloads.Select(payload => Codec(payload, contract)));
        writer
            .Line($"internal static readonly {method.RuntimeType(contract)} {method.FieldName()} = new(")
            .Line($"    {Text.Of(method.Number)}, {Text.Literal(method.Name)}, {codecs},")
            .Line($"    {HandlerEmitter.Lambda(method)}){Initialiser(method)};")
            .Line("");
    }

    private static void EmitDescriptor(SourceWriter writer, ContractModel contract)
    {
        var methods = string.Join(", ", contract.Methods.Select(method => method.FieldName()));
        writer
            .Line($"internal static readonly {Contracts}ContractDescriptor<{contract.InterfaceType}> Descriptor = new(")
            .Line($"    {Text.Literal(contract.ContractName)},")
            .Line($"    new {Contracts}ContractMethod<{contract.InterfaceType}>[] {{ {methods} }},")
            .Line("    static invoker => new GeneratedClient(invoker));");
    }

    private static string Codec(PayloadModel payload, ContractModel contract) => payload.Kind == PayloadKind.Json
        ? $"{Contracts}PayloadCodec.Json<{payload.Type}>({contract.JsonContextType}.Default)"
        : $"{Contracts}PayloadCodec.{payload.Kind}";

    private static string Initialiser(MethodModel method) => (method.Idempotent, method.Weight) switch
    {
        (false, 1) => "",
        (true, 1) => " { Idempotent = true }",
        (false, var weight) => $" {{ Weight = {Text.Of(weight)} }}",
        (true, var weight) => $" {{ Idempotent = true, Weight = {Text.Of(weight)} }}",
    };
}
