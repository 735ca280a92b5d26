using Loop.Sdk.Contracts;

namespace Loop.Sdk.Calls;

/// <summary>What an open frame needs to know of a call.</summary>
internal readonly record struct CallStart(ContractMethod Method, long TimeoutMs)
{
    public string? TraceParent { get; init; }

    public string? IdempotencyKey { get; init; }
}
