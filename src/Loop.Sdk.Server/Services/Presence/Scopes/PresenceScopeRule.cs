namespace Loop.Sdk.Server.Presence;

/// <summary>
/// Who may do what in the scopes of one kind. Add it to the services as a singleton <see cref="PresenceScopeRule"/>. What is not overridden is refused, and so is every scope of a
/// kind without a rule. Called at the same time for any number of sessions; what is thrown reaches the caller as of a handler.
/// </summary>
public abstract class PresenceScopeRule
{
    /// <summary>Makes a rule.</summary>
    /// <param name="kind">The kind of scope, of which there can be one rule only: 1 to 32 characters of <c>a-z 0-9 -</c>.</param>
    /// <exception cref="ArgumentException">The kind is malformed.</exception>
    protected PresenceScopeRule(string kind)
    {
        Kind = ScopeName.IsKind(kind) ? kind : throw new ArgumentException("A kind is 1 to 32 characters of a-z, 0-9 and -.", nameof(kind));
    }

    /// <summary>The kind of scope.</summary>
    public string Kind { get; }

    /// <summary>Lets a session into a scope, or does not.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">The scope's name, what stands behind the colon: 1 to 128 visible ASCII characters.</param>
    /// <param name="cancellationToken">The caller gave up.</param>
    /// <returns>The right to be there, or null to refuse it.</returns>
    public virtual ValueTask<PresenceGrant?> EnterAsync(LoopSession session, string name, CancellationToken cancellationToken) => ValueTask.FromResult<PresenceGrant?>(null);

    /// <summary>Lets a session see who is in a scope, or does not.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">The scope's name.</param>
    /// <param name="cancellationToken">The caller gave up.</param>
    /// <returns>The right to watch, or null to refuse it.</returns>
    public virtual ValueTask<PresenceGrant?> WatchAsync(LoopSession session, string name, CancellationToken cancellationToken) => ValueTask.FromResult<PresenceGrant?>(null);

    /// <summary>Whether a session may remove somebody from a scope.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">The scope's name.</param>
    /// <param name="cancellationToken">The caller gave up.</param>
    public virtual ValueTask<bool> MayKickAsync(LoopSession session, string name, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
