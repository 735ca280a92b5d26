using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.Presence;

/// <summary>A session that wants to be present in a scope.</summary>
public sealed record EnterScope
{
    /// <summary>The scope, see <see cref="ScopeRef.Scope"/>.</summary>
    public required string Scope { get; init; }

    /// <summary>
    /// What everybody who watches the scope is shown: a JSON object of at most 1 024 bytes and 16 levels, unless the server allows another size. Null: nothing.
    /// </summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public JsonElement? Data { get; init; }

    /// <summary>
    /// What stays the same while this client runs: 16 to 64 visible ASCII characters, random, shown to nobody. With it the client's next session takes over the member that a lost
    /// session left behind.
    /// </summary>
    public required string Instance { get; init; }
}
