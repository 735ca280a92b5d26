namespace Loop.Sdk.Server;

/// <summary>Carries the call into its scope of services.</summary>
internal sealed class CallHolder
{
    public LoopCall? Call { get; set; }

    public LoopCall Require() => Call ?? throw new InvalidOperationException("There is a LoopCall only while a call runs, in the call's own scope.");
}
