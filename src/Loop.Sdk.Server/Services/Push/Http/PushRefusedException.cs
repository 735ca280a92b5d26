namespace Loop.Sdk.Server.Push;

/// <summary>Ends the handling of a request with a refusal.</summary>
#pragma warning disable CA1064 // It never leaves this folder.
internal sealed class PushRefusedException(PushProblem problem) : Exception(problem.Message)
#pragma warning restore CA1064
{
    public PushProblem Problem { get; } = problem;
}
