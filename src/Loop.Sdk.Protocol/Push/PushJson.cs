using System.Text.Json.Serialization;

namespace Loop.Sdk.Push;

/// <summary>How the types of <c>loop.push/1</c> are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PushHello))]
[JsonSerializable(typeof(PushWelcome))]
[JsonSerializable(typeof(SubscribePush))]
[JsonSerializable(typeof(PushSubscriptionInfo))]
[JsonSerializable(typeof(PushSubscriptions))]
[JsonSerializable(typeof(PushChannelRef))]
[JsonSerializable(typeof(PushMessage))]
[JsonSerializable(typeof(AcknowledgePush))]
[JsonSerializable(typeof(PushUrgencyRequest))]
public sealed partial class PushJson : JsonSerializerContext;
