using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>
/// A scope to follow: see <see cref="PresenceClient.Watch"/>. Each enumeration and each view is a subscription of its own. The class is abstract so that tests can replace it.
/// </summary>
public abstract class PresenceScope
{
    /// <summary>Makes a scope. Derive only to replace it in tests.</summary>
    protected PresenceScope()
    {
    }

    /// <summary>The scope.</summary>
    public abstract string Scope { get; }

    /// <summary>
    /// Who is there, then what changes, and nothing else: after an interruption, a gap or a restart of the server only what is different is told. It goes on over lost sessions.
    /// </summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <exception cref="LoopException">While enumerating: <c>scope_refused</c>, also when the right to watch ends; <c>invalid_scope</c>, <c>too_many_scopes</c>.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    public abstract IAsyncEnumerable<PresenceChange> ChangesAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a list of the members to bind to.</summary>
    /// <param name="order">How it is sorted. Null: who is new comes last, and everybody else stays where they are.</param>
    /// <param name="options">Where the list lives, or null for the synchronisation context of the caller.</param>
    public abstract PresenceView ToView(IComparer<PresenceMember>? order = null, LiveViewOptions? options = null);

    /// <summary>Who is there now.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>scope_refused</c>, <c>invalid_scope</c>.</exception>
    public abstract Task<PresenceSnapshot> GetAsync(CancellationToken cancellationToken = default);
}
