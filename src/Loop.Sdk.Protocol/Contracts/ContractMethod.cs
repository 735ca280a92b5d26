namespace Loop.Sdk.Contracts;

/// <summary>One method of a contract, apart from its types.</summary>
public abstract class ContractMethod
{
    private protected ContractMethod(int number, string name, MethodKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, ushort.MaxValue);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Number = number;
        Name = name;
        Kind = kind;
    }

    /// <summary>The number on the wire, 1 to 65535.</summary>
    public int Number { get; }

    /// <summary>The interface method's name, for logs and traces.</summary>
    public string Name { get; }

    /// <summary>Which sides stream.</summary>
    public MethodKind Kind { get; }

    /// <summary>The contract that the method belongs to.</summary>
    public string ContractName { get; internal set; } = "";

    /// <summary>Whether the call may be sent again when its outcome is unknown.</summary>
    public bool Idempotent { get; init; }

    /// <summary>The share of the connection that large messages get, 1 to 16.</summary>
    public int Weight { get; init; } = 1;
}
