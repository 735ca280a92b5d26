using Loop.Sdk.Calls;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Feeds.Tests.Harness;

internal sealed class ServerPeer(TestService service, SessionOptions options, PeerLimits client) : Peer(SessionSide.Server, options, client, Clock.System), ICallActivator<ITestService>
{
    public LoopException? Overflow { get; private set; }

    public override int ServiceIdOf(string contract) => 0;

    protected override SessionStream OnOpen(in OpenHeader header) =>
        Contract.Describe<ITestService>().Find(header.Method)!.CreateCall(new ServerCallSetup<ITestService>(this, this, header));

    public override void OnOverflow(LoopException reason)
    {
        Overflow = reason;
        base.OnOverflow(reason);
    }

    public ValueTask<ITestService> BeginAsync(ServerCall call) => new(service);

    public ValueTask EndAsync(ServerCall call, Exception? error) => default;
}
