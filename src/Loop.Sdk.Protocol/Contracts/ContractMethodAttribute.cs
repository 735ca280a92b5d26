namespace Loop.Sdk.Contracts;

/// <summary>Gives a method of a contract its number on the wire. Numbers never change and are never reused.</summary>
/// <param name="number">1 to 65535, unique within the contract.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractMethodAttribute(int number) : Attribute
{
    /// <summary>The number on the wire.</summary>
    public int Number { get; } = number;

    /// <summary>Whether running the method twice has the same effect as once. Such calls wait while offline and are sent again after a lost session.</summary>
    public bool Idempotent { get; set; }

    /// <summary>The share of the connection that large messages of this method get against others, 1 (default) to 16.</summary>
    public int Weight { get; set; } = 1;
}
