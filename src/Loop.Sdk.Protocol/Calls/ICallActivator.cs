namespace Loop.Sdk.Calls;

/// <summary>Gives the implementation that a call runs on, and is told how the call went: the place for authorisation, scopes, metrics and logs.</summary>
internal interface ICallActivator<TContract>
{
    /// <summary>Gives the implementation for one call.</summary>
    /// <exception cref="LoopException">The call is refused with this error.</exception>
    ValueTask<TContract> BeginAsync(ServerCall call);

    /// <summary>The call is over. Also called when <see cref="BeginAsync"/> failed.</summary>
    /// <param name="call">The call.</param>
    /// <param name="error">What the handler threw, or null.</param>
    ValueTask EndAsync(ServerCall call, Exception? error);
}
