using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.Presence;

/// <summary>A session that is present in a scope. A user with several devices or tabs has several members.</summary>
public sealed record PresenceMember
{
    /// <summary>The member's id in this scope: opaque, and the same while it is present, across updates and lost connections.</summary>
    public required string Id { get; init; }

    /// <summary>The user, under the id that this scope shows: it need not be the account.</summary>
    public required string User { get; init; }

    /// <summary>The member's data, a JSON object; null if it has none.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public JsonElement? Data { get; init; }

    /// <summary>When it entered.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>Whether everything is the same, the data byte for byte.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(PresenceMember? other) => other is not null && (Id, User, EnteredAt) == (other.Id, other.User, other.EnteredAt) && RawJson.AreSame(Data, other.Data);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, User, EnteredAt);
}
