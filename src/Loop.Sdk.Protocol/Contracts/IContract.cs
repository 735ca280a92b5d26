namespace Loop.Sdk.Contracts;

/// <summary>What the source generator adds to every interface marked with <see cref="ContractAttribute"/>: the way from the type to its descriptor, without reflection.</summary>
/// <typeparam name="TSelf">The contract interface itself.</typeparam>
public interface IContract<TSelf>
    where TSelf : class, IContract<TSelf>
{
    /// <summary>The contract's name, methods and client factory.</summary>
    static abstract ContractDescriptor<TSelf> Descriptor { get; }
}
