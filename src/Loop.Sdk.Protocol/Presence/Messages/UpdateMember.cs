using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.Presence;

/// <summary>Other data for a session's member.</summary>
public sealed record UpdateMember
{
    /// <summary>The scope, see <see cref="ScopeRef.Scope"/>.</summary>
    public required string Scope { get; init; }

    /// <summary>The data, in place of what was there: a JSON object as in <see cref="EnterScope.Data"/>, or null for none.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public JsonElement? Data { get; init; }
}
