using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Parsing;

/// <summary>Recognises the types that contracts are written with, by name, so that nothing has to be looked up per compilation.</summary>
internal static class SymbolNames
{
    public const string ContractAttribute = "Loop.Sdk.Contracts.ContractAttribute";

    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Short = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(Full);

    public static string ShortName(this ITypeSymbol type) => type.ToDisplayString(Short);

    public static bool IsContractMethodAttribute(this ITypeSymbol? type) => type.Is("Loop.Sdk.Contracts", "ContractMethodAttribute", 0);

    public static bool IsContract(this ITypeSymbol? type) => type.Is("Loop.Sdk.Contracts", "IContract", 1);

    public static bool IsNothing(this ITypeSymbol? type) => type.Is("Loop.Sdk.Contracts", "Nothing", 0);

    public static bool IsFeed(this ITypeSymbol? type) => type.Is("Loop.Sdk.Feeds", "IFeed", 2);

    public static bool IsTask(this ITypeSymbol? type) => type.Is("System.Threading.Tasks", "Task", 0);

    public static bool IsTaskOfT(this ITypeSymbol? type) => type.Is("System.Threading.Tasks", "Task", 1);

    public static bool IsStream(this ITypeSymbol? type) => type.Is("System.Collections.Generic", "IAsyncEnumerable", 1);

    public static bool IsCancellationToken(this ITypeSymbol? type) => type.Is("System.Threading", "CancellationToken", 0);

    public static bool IsJsonSerializerContext(this ITypeSymbol? type) => type.Is("System.Text.Json.Serialization", "JsonSerializerContext", 0);

    public static bool IsJsonSerializableAttribute(this ITypeSymbol? type) => type.Is("System.Text.Json.Serialization", "JsonSerializableAttribute", 0);

    public static bool IsRawBytes(this ITypeSymbol? type) =>
        type.Is("System", "ReadOnlyMemory", 1) && type.Argument(0).SpecialType == SpecialType.System_Byte;

    public static ITypeSymbol Argument(this ITypeSymbol? type, int index) => ((INamedTypeSymbol)type!).TypeArguments[index];

    /// <summary>Whether the compiler could not resolve the type or a part of it, which it reports itself.</summary>
    public static bool IsUnresolved(this ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => true,
        IArrayTypeSymbol array => array.ElementType.IsUnresolved(),
        INamedTypeSymbol named => named.TypeArguments.Any(IsUnresolved),
        _ => false,
    };

    private static bool Is(this ITypeSymbol? type, string containingNamespace, string name, int arity) =>
        type is INamedTypeSymbol named
        && named.Arity == arity
        && named.Name == name
        && named.ContainingType is null
        && named.ContainingNamespace.ToDisplayString() == containingNamespace;
}
