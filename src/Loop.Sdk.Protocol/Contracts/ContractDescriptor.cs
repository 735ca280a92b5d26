using System.Collections.Frozen;

namespace Loop.Sdk.Contracts;

/// <summary>A contract at run time: its name, its methods by number, and how to make a client for it.</summary>
/// <typeparam name="TContract">The contract interface.</typeparam>
public sealed class ContractDescriptor<TContract>
    where TContract : class, IContract<TContract>
{
    private readonly FrozenDictionary<int, ContractMethod<TContract>> _byNumber;
    private readonly Func<ContractInvoker, TContract> _createClient;

    /// <summary>Describes a contract. Called by generated code.</summary>
    /// <param name="name">The name with its major version.</param>
    /// <param name="methods">The methods, in any order.</param>
    /// <param name="createClient">Makes a client that sends its calls through the given invoker.</param>
    public ContractDescriptor(string name, IReadOnlyList<ContractMethod<TContract>> methods, Func<ContractInvoker, TContract> createClient)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(createClient);
        Name = name;
        Methods = methods;
        _byNumber = methods.ToFrozenDictionary(static method => method.Number);
        _createClient = createClient;
        foreach (var method in methods)
        {
            method.ContractName = name;
        }
    }

    /// <summary>The name with its major version, for example <c>demo.notes/1</c>.</summary>
    public string Name { get; }

    /// <summary>Every method of the contract.</summary>
    public IReadOnlyList<ContractMethod<TContract>> Methods { get; }

    /// <summary>The method with this number, or null.</summary>
    /// <param name="number">The number on the wire.</param>
    public ContractMethod<TContract>? Find(int number) => _byNumber.GetValueOrDefault(number);

    /// <summary>Makes a client whose calls go through <paramref name="invoker"/>.</summary>
    /// <param name="invoker">Where the calls go.</param>
    public TContract CreateClient(ContractInvoker invoker) => _createClient(invoker);
}
