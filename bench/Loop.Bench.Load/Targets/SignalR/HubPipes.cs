using System.IO.Pipelines;

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>The two ends that a hub connection holds.</summary>
internal sealed class HubPipes(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output => output;
}
