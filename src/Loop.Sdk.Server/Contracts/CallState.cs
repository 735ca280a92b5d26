using System.Diagnostics;
using Loop.Sdk.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server;

/// <summary>What is kept with a call that needs more than its implementation: a scope, a rule, somebody who observes.</summary>
internal sealed class CallState(ServerCall call, IServiceScopeFactory scopes)
{
    private AsyncServiceScope? _scope;
    private LoopCall? _context;

    /// <summary>When the call began, on the system's high-resolution clock.</summary>
    public long Started { get; } = Stopwatch.GetTimestamp();

    public Activity? Activity { get; init; }

    public LoopCall Context => _context ??= new LoopCall(call, this);

    public IServiceProvider Services
    {
        get
        {
            if (_scope is null)
            {
                _scope = scopes.CreateAsyncScope();
                _scope.Value.ServiceProvider.GetRequiredService<CallHolder>().Call = Context;
            }

            return _scope.Value.ServiceProvider;
        }
    }

    public ValueTask DisposeScopeAsync() => _scope?.DisposeAsync() ?? default;
}
