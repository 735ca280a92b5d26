namespace Loop.Sdk.Contracts;

/// <summary>Marks a partial interface as a contract: a named, versioned set of numbered methods that a client calls and a server implements.</summary>
/// <param name="name">The name with its major version, for example <c>demo.notes/1</c>: 1 to 128 characters of <c>a-z 0-9 . - _</c>, then <c>/</c> and a number.</param>
/// <param name="jsonContext">The <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> that knows every type the contract carries.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class ContractAttribute(string name, Type jsonContext) : Attribute
{
    /// <summary>The name with its major version.</summary>
    public string Name { get; } = name;

    /// <summary>The source-generated JSON context that serialises the contract's types.</summary>
    public Type JsonContext { get; } = jsonContext;
}
