using Loop.Sdk.Frames;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Threads;

internal sealed class StressClient(StressAccount account, SessionOptions options) : Peer(SessionSide.Client, options, options.Limits, Clock.System)
{
    public override int ServiceIdOf(string contract) => 1;

    protected override SessionStream OnOpen(in OpenHeader header) => throw new LoopException(ErrorCodes.UnknownService, "A client serves nothing.");

    public override void OnOverflow(LoopException reason)
    {
        account.Report($"the client gave up: {reason.Code}");
        base.OnOverflow(reason);
    }
}
