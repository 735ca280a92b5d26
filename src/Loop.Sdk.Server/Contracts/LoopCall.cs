using Loop.Sdk.Calls;

namespace Loop.Sdk.Server;

/// <summary>One call, as rules and per-call handlers see it; handlers get it injected.</summary>
public sealed class LoopCall
{
    private readonly ServerCall _call;
    private readonly CallState _state;

    internal LoopCall(ServerCall call, CallState state)
    {
        _call = call;
        _state = state;
        CancellationToken = call.CancellationToken;
    }

    /// <summary>The session that the call came on.</summary>
    public LoopSession Session => ((ServerPeer)_call.Peer).Context;

    /// <summary>The contract's name with its major version, for example <c>demo.notes/1</c>.</summary>
    public string Contract => _call.Method.ContractName;

    /// <summary>The method's name in the contract.</summary>
    public string Method => _call.Method.Name;

    /// <summary>The same for every attempt of one idempotent call, or null: 1 to 1024 characters that the client chose.</summary>
    public string? IdempotencyKey => _call.IdempotencyKey;

    /// <summary>The caller's W3C trace context as it came, or null.</summary>
    public string? TraceParent => _call.TraceParent;

    /// <summary>Cancelled when the caller gives up, the deadline passes, or the session ends.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The call's own scope of services, which ends with the call.</summary>
    public IServiceProvider Services => _state.Services;
}
