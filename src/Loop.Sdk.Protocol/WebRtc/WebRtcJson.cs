using System.Text.Json.Serialization;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc;

/// <summary>How the types of <c>loop.webrtc/1</c> are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AddressedSignal))]
[JsonSerializable(typeof(DeliveredSignal))]
[JsonSerializable(typeof(IceServerList))]
[JsonSerializable(typeof(OpenRelay))]
[JsonSerializable(typeof(RoomRef))]
public sealed partial class WebRtcJson : JsonSerializerContext;
