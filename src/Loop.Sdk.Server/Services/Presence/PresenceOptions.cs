namespace Loop.Sdk.Server.Presence;

/// <summary>How presence behaves, and what it may take. Checked when the host starts: a value out of range stops it with an <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>.</summary>
public sealed class PresenceOptions
{
    /// <summary>How long a member stays after its connection broke, for the client to come back unnoticed. 0 to 10 minutes; 12 s by default.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>Bytes of a member's data, as JSON. 2 to 16 384; 1 024 by default.</summary>
    public int MaxData { get; set; } = 1024;

    /// <summary>How many scopes a session may be in, and how many it may watch. 1 to 100 000; 100 by default.</summary>
    public int MaxScopesPerSession { get; set; } = 100;

    /// <summary>How many members a scope may have. 1 to 10 000 000; 100 000 by default.</summary>
    public int MaxMembers { get; set; } = 100_000;

    /// <summary>
    /// How many members are shown one by one. A scope with more is shown in part, with counts and a sample, until it has shrunk to three quarters of this. 1 to 100 000; 2 000 by
    /// default. All of them have to fit into one message: with 1 KiB for each beside its data, the product must not be more than 4 MiB.
    /// </summary>
    public int MaxListed { get; set; } = 2000;

    /// <summary>How many members stand for a scope that is shown in part. 0 to 1 000; 50 by default.</summary>
    public int Sample { get; set; } = 50;

    /// <summary>How long changes are gathered at most before those who watch hear of them, in scopes with at least <see cref="ManyWatchers"/>. 0 to 1 minute; 100 ms by default.</summary>
    public TimeSpan DiffInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The same for scopes that are shown in part. 0 to 1 minute; 1 s by default.</summary>
    public TimeSpan PartialInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>From how many watchers on changes are gathered; with fewer they are told at once. 0 to 1 000 000; 16 by default.</summary>
    public int ManyWatchers { get; set; } = 16;

    /// <summary>How many of the last diffs of a scope are kept, for those who were away. 0 to 100 000; 256 by default.</summary>
    public int HistoryCount { get; set; } = 256;

    /// <summary>How many calls may wait for an observer. When there are more, the newest are left out. 1 to 10 000 000; 10 000 by default.</summary>
    public int MaxObserverQueue { get; set; } = 10_000;

    /// <summary>How often this node tells the others that it lives. 1 s to 5 minutes; 10 s by default.</summary>
    public TimeSpan NodeRenewal { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long another node may be silent before its members are gone. 2 s to 30 minutes, more than <see cref="NodeRenewal"/>; 30 s by default.</summary>
    public TimeSpan NodeLease { get; set; } = TimeSpan.FromSeconds(30);

    internal List<TopicScopeRule> Topics { get; } = [];

    /// <summary>
    /// Allows scopes of the application's own: accounts may enter and watch them, and are shown under the principal's id. Nobody may kick but the host. For anything else, add a
    /// <see cref="PresenceScopeRule"/> to the services.
    /// </summary>
    /// <param name="kind">The kind of scope: 1 to 32 characters of <c>a-z 0-9 -</c>.</param>
    /// <param name="allow">Whether a session may use the scope with this name; null for all.</param>
    /// <exception cref="ArgumentException">The kind is malformed.</exception>
    public PresenceOptions AllowTopics(string kind, Func<LoopSession, string, bool>? allow = null)
    {
        Topics.Add(new TopicScopeRule(kind, allow));
        return this;
    }
}
