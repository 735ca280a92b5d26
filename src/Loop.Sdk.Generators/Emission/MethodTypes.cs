using Loop.Sdk.Generators.Model;

namespace Loop.Sdk.Generators.Emission;

/// <summary>Names what one method becomes.</summary>
internal static class MethodTypes
{
    /// <summary>The run-time class of the method. Its type parameters are the contract and the payloads.</summary>
    public static string RuntimeType(this MethodModel method, ContractModel contract)
    {
        var arguments = string.Join(", ", method.Payloads.Select(payload => payload.Type));
        return $"global::Loop.Sdk.Contracts.{method.Kind}Method<{contract.InterfaceType}, {arguments}>";
    }

    /// <summary>The field that holds it. Numbers are unique where names may be overloaded.</summary>
    public static string FieldName(this MethodModel method) => "Method" + Text.Of(method.Number);
}
