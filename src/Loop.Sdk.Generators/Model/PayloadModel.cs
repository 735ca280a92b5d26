namespace Loop.Sdk.Generators.Model;

/// <summary>A type that travels.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Type">The type as generated code names it.</param>
/// <param name="ShortName">The type as a baseline names it: without namespaces, which are not on the wire.</param>
internal sealed record PayloadModel(PayloadKind Kind, string Type, string ShortName)
{
    public static PayloadModel Nothing { get; } = new(PayloadKind.Nothing, "global::Loop.Sdk.Contracts.Nothing", "nothing");

    public static PayloadModel Raw { get; } = new(PayloadKind.Raw, "global::System.ReadOnlyMemory<byte>", "bytes");
}
