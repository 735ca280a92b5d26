namespace Loop.Sdk.Server;

/// <summary>Who may call a contract's methods. Without any rule, every client that could connect may.</summary>
public sealed class ContractOptions
{
    internal List<CallRule> Rules { get; } = [];

    /// <summary>Adds a rule for every method. A call that is not allowed fails with <c>permission_denied</c> before the handler is made.</summary>
    /// <param name="rule">Whether a call is allowed. What it throws fails the call like what a handler throws.</param>
    public void Authorize(Func<LoopCall, ValueTask<bool>> rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Rules.Add(new CallRule(method: null, rule));
    }

    /// <summary>Adds a rule for one method.</summary>
    /// <param name="method">The method's name in the contract.</param>
    /// <param name="rule">Whether a call is allowed.</param>
    public void Authorize(string method, Func<LoopCall, ValueTask<bool>> rule)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentNullException.ThrowIfNull(rule);
        Rules.Add(new CallRule(method, rule));
    }

    /// <summary>Requires a policy of the host's authorisation, with the <see cref="LoopCall"/> as the resource. The host must have called <c>AddAuthorization</c>.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="method">The method's name in the contract, or null for every method.</param>
    public void RequirePolicy(string policy, string? method = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(policy);
        Rules.Add(new CallRule(method, call => PolicyRule.AllowsAsync(call, policy)));
    }
}
