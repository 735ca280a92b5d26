using System.Text.Json.Serialization;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Bodies and results as the original service wrote them: what is not known is null, and not left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StartBody))]
[JsonSerializable(typeof(EndBody))]
[JsonSerializable(typeof(PlaceBody))]
[JsonSerializable(typeof(PageBody))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(PagesView))]
[JsonSerializable(typeof(StarsView))]
[JsonSerializable(typeof(DoneView))]
[JsonSerializable(typeof(HeartbeatView))]
[JsonSerializable(typeof(LegacyProtocol))]
[JsonSerializable(typeof(LegacyConnected))]
[JsonSerializable(typeof(LegacyStars))]
[JsonSerializable(typeof(LegacyRecentStars))]
internal sealed partial class UserAgentHttpJson : JsonSerializerContext;
