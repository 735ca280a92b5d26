using System.Text.Json.Serialization;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>How the types of <c>loop.presence/1</c>, <c>loop.availability/1</c>, <c>loop.people/1</c> and <c>loop.notifications/1</c> are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(EnterScope))]
[JsonSerializable(typeof(EnteredScope))]
[JsonSerializable(typeof(UpdateMember))]
[JsonSerializable(typeof(ScopeRef))]
[JsonSerializable(typeof(WatchScope))]
[JsonSerializable(typeof(KickMember))]
[JsonSerializable(typeof(PresenceSnapshot))]
[JsonSerializable(typeof(PresenceDiff))]
[JsonSerializable(typeof(KeyedSnapshot<OwnPlace>))]
[JsonSerializable(typeof(KeyedChange<string, OwnPlace>))]
[JsonSerializable(typeof(ActivityReport))]
[JsonSerializable(typeof(OwnStatus))]
[JsonSerializable(typeof(AccountAvailability))]
[JsonSerializable(typeof(GrantRequest))]
[JsonSerializable(typeof(Grant))]
[JsonSerializable(typeof(ApplicationRef))]
[JsonSerializable(typeof(KeyedSnapshot<Grant>))]
[JsonSerializable(typeof(KeyedChange<string, Grant>))]
[JsonSerializable(typeof(PersonRef))]
[JsonSerializable(typeof(PersonAvailability))]
[JsonSerializable(typeof(KeyedSnapshot<PersonAvailability>))]
[JsonSerializable(typeof(KeyedChange<string, PersonAvailability>))]
[JsonSerializable(typeof(Notification))]
public sealed partial class PresenceJson : JsonSerializerContext;
