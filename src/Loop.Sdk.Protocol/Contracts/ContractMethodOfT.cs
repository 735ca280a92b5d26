using Loop.Sdk.Calls;

namespace Loop.Sdk.Contracts;

/// <summary>One method of a contract, callable on an implementation.</summary>
/// <typeparam name="TContract">The contract interface.</typeparam>
public abstract class ContractMethod<TContract> : ContractMethod
{
    private protected ContractMethod(int number, string name, MethodKind kind)
        : base(number, name, kind)
    {
    }

    /// <summary>Makes the receiving end of one call, with the request still to be read.</summary>
    internal abstract ServerCall CreateCall(ServerCallSetup<TContract> setup);
}
