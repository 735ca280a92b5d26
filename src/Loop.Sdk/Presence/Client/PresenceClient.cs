using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Presence;

/// <summary>
/// Who is where, and who is there at all, over a channel. Safe for concurrent use. The class is abstract so that tests can replace it; <see cref="Create"/> makes the real one.
/// </summary>
/// <remarks>Scopes are written <c>kind:name</c>, see <see cref="ScopeRef"/>: <c>invalid_scope</c> otherwise, and <c>scope_refused</c> where the server allows nothing.</remarks>
public abstract class PresenceClient : IAsyncDisposable
{
    /// <summary>Makes a client. Derive only to replace it in tests.</summary>
    protected PresenceClient()
    {
    }

    /// <summary>How available this device and its account are, and who may know.</summary>
    public abstract AvailabilityClient Availability { get; }

    /// <summary>Those who let this application see their availability. For applications.</summary>
    public abstract PeopleClient People { get; }

    /// <summary>What the server tells this account. From the first use on the server can deliver notifications here; without it they go elsewhere.</summary>
    /// <exception cref="InvalidOperationException">The application serves <see cref="INotifications"/> itself, by <see cref="ChannelClientOptions.Serve"/>.</exception>
    public abstract NotificationInbox Notifications { get; }

    /// <summary>Makes a client of a channel.</summary>
    /// <param name="channel">The channel, which the client does not dispose of.</param>
    /// <param name="options">The settings, or null for the defaults. They are copied: later changes have no effect.</param>
    /// <param name="loggerFactory">Where the client logs, or null for nowhere.</param>
    /// <exception cref="OptionsValidationException">A setting is out of its range.</exception>
    public static PresenceClient Create(ChannelClient channel, PresenceClientOptions? options = null, ILoggerFactory? loggerFactory = null) =>
        ContractPresenceClient.Create(channel, options, loggerFactory);

    /// <summary>
    /// Enters a scope, and stays in it until the entry is left or disposed of: when the session is lost, the next one enters again with the last data. Waits for a connection, and tries
    /// again when the server refuses for the moment.
    /// </summary>
    /// <param name="scope">The scope.</param>
    /// <param name="data">What everybody who watches the scope is shown: a JSON object, 1 024 bytes by default; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entry, to be disposed of.</returns>
    /// <exception cref="ArgumentException">The data is no JSON object.</exception>
    /// <exception cref="LoopException">
    /// <c>already_present</c>: this client, or another one on the same session, is in the scope; <c>data_too_large</c>, <c>too_many_scopes</c>, <c>scope_full</c>.
    /// </exception>
    public abstract Task<PresenceEntry> EnterAsync(string scope, JsonElement? data = null, CancellationToken cancellationToken = default);

    /// <summary>Enters a scope with data of the application's own type.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="data">The data, which has to become a JSON object.</param>
    /// <param name="type">Its type, from a source-generated context.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The entry, to be disposed of.</returns>
    /// <exception cref="ArgumentException">The data is no JSON object.</exception>
    /// <exception cref="LoopException">As for the other one.</exception>
    public Task<PresenceEntry> EnterAsync<T>(string scope, T data, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        EnterAsync(scope, PresenceJsonData.Write(data, type), cancellationToken);

    /// <summary>Gives a scope to follow. Nothing is sent before that is done.</summary>
    /// <param name="scope">The scope.</param>
    public abstract PresenceScope Watch(string scope);

    /// <summary>Who is in a scope now, without following it.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<PresenceSnapshot> GetAsync(string scope, CancellationToken cancellationToken = default);

    /// <summary>Ends somebody's membership. For those to whom the scope's rule allows it.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="member">The id of one of their members.</param>
    /// <param name="wholeUser">Whether every member of the same user goes, and not that one only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_present</c>: nobody has that id.</exception>
    public abstract Task KickAsync(string scope, string member, bool wholeUser = false, CancellationToken cancellationToken = default);

    /// <summary>Leaves every scope, and stops reporting. Takes at most two seconds.</summary>
    public abstract ValueTask DisposeAsync();
}
