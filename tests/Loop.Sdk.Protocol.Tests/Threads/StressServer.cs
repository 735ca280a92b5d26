using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Frames;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Threads;

internal sealed class StressServer(StressAccount account, SessionOptions options)
    : Peer(SessionSide.Server, options, options.Limits, Clock.System), ICallActivator<StressService>
{
    private readonly StressService _service = new(account);

    public override int ServiceIdOf(string contract) => 0;

    protected override SessionStream OnOpen(in OpenHeader header)
    {
        ContractMethod<StressService> method = header.Method switch
        {
            1 => StressService.Echo,
            2 => StressService.Count,
            3 => StressService.Gather,
            _ => StressService.Relay,
        };
        return method.CreateCall(new ServerCallSetup<StressService>(this, this, header));
    }

    public override void OnOverflow(LoopException reason)
    {
        account.Report($"the server gave up: {reason.Code}");
        base.OnOverflow(reason);
    }

    public ValueTask<StressService> BeginAsync(ServerCall call)
    {
        account.OnBegin();
        return new ValueTask<StressService>(_service);
    }

    public ValueTask EndAsync(ServerCall call, Exception? error)
    {
        account.OnEnd();
        return default;
    }
}
