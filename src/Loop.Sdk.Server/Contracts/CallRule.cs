namespace Loop.Sdk.Server;

/// <summary>Whether a call is allowed.</summary>
internal sealed class CallRule(string? method, Func<LoopCall, ValueTask<bool>> allows)
{
    /// <summary>The method that the rule is for, or null for every one.</summary>
    public string? Method => method;

    public ValueTask<bool> AllowsAsync(LoopCall call) => method is null || method == call.Method ? allows(call) : new ValueTask<bool>(true);
}
