using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Loop.Sdk.Presence;

/// <summary>
/// This client's presence in a scope. It lasts over broken connections and lost sessions, until it is left, or somebody else ends it. Safe for concurrent use. The class is abstract so
/// that tests can replace it; <see cref="PresenceClient.EnterAsync(string, JsonElement?, CancellationToken)"/> makes the real one.
/// </summary>
public abstract class PresenceEntry : IAsyncDisposable
{
    /// <summary>Makes an entry. Derive only to replace it in tests.</summary>
    protected PresenceEntry()
    {
    }

    /// <summary>The scope.</summary>
    public abstract string Scope { get; }

    /// <summary>The member as everybody sees it, with the data that the server had last. After a loss that was longer than the server's grace it is another one.</summary>
    public abstract PresenceMember Member { get; }

    /// <summary>Where the entry stands now.</summary>
    public abstract PresenceEntryState State { get; }

    /// <summary>Completes when the entry has ended, with the reason. Never fails.</summary>
    public abstract Task<PresenceEnd> Ended { get; }

    /// <summary>
    /// Gives the member other data; never a leave and an enter. Without a connection the last data given is sent when there is one again. Completes when the server has this data, or
    /// newer data.
    /// </summary>
    /// <param name="data">The data, in place of what was there: a JSON object, or null for none.</param>
    /// <param name="cancellationToken">Gives up waiting. The data may be sent all the same.</param>
    /// <exception cref="ArgumentException">The data is no JSON object.</exception>
    /// <exception cref="LoopException"><c>data_too_large</c>, <c>invalid_request</c>: the data stays as it was; or the entry has ended: <c>closed</c>, <c>kicked</c>, or why it was refused.</exception>
    public abstract Task UpdateAsync(JsonElement? data, CancellationToken cancellationToken = default);

    /// <summary>Gives the member other data of the application's own type.</summary>
    /// <param name="data">The data, which has to become a JSON object.</param>
    /// <param name="type">Its type, from a source-generated context.</param>
    /// <param name="cancellationToken">Gives up waiting. The data may be sent all the same.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="ArgumentException">The data is no JSON object.</exception>
    /// <exception cref="LoopException">As for the other one.</exception>
    public Task UpdateAsync<T>(T data, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) => UpdateAsync(PresenceJsonData.Write(data, type), cancellationToken);

    /// <summary>Leaves, for good. Who watches hears of it at once; if the session is lost at that moment, when the server's grace is over. Does nothing if the entry has ended.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public abstract Task LeaveAsync(CancellationToken cancellationToken = default);

    /// <summary>Leaves, for which it waits two seconds at most.</summary>
    public abstract ValueTask DisposeAsync();
}
