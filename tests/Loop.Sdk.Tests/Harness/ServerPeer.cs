using System.Threading.Channels;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Tests.Harness;

/// <summary>The server's end of a session with the demo service on it.</summary>
internal sealed class ServerPeer(DemoService service, Hello hello, TimeProvider time)
    : Peer(SessionSide.Server, SessionOptions.Default, hello.Limits, new Clock(time)), ICallActivator<IDemo>
{
    private readonly Channel<Credentials> _auths = Channel.CreateUnbounded<Credentials>();
    private readonly TaskCompletionSource<GoAway> _goAway = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _secrets;

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string Secret { get; private set; } = "";

    /// <summary>Completes when no connection carries the session: only then may another one.</summary>
    public Task Carrying { get; set; } = Task.CompletedTask;

    /// <summary>What the client said as it left.</summary>
    public Task<GoAway> GoAway => _goAway.Task.Soon();

    public string NextSecret() => Secret = $"secret-{++_secrets}";

    /// <summary>The next credentials that the client presents on the live connection.</summary>
    public Task<Credentials> AuthAsync() => _auths.Reader.ReadAsync().AsTask().Soon();

    public override int ServiceIdOf(string contract) => 0;

    protected override SessionStream OnOpen(in OpenHeader header)
    {
        var method = Describe<IDemo>().Find(header.Method) ?? throw new LoopException(ErrorCodes.UnknownMethod, "There is no such method.");
        return method.CreateCall(new ServerCallSetup<IDemo>(this, this, header));
    }

    public override void OnAuth(Credentials credentials) => _auths.Writer.TryWrite(credentials);

    public override void OnGoAway(GoAway goAway) => _goAway.TrySetResult(goAway);

    private static ContractDescriptor<T> Describe<T>()
        where T : class, IContract<T> =>
        T.Descriptor;

    ValueTask<IDemo> ICallActivator<IDemo>.BeginAsync(ServerCall call) => new(service);

    ValueTask ICallActivator<IDemo>.EndAsync(ServerCall call, Exception? error) => default;
}
