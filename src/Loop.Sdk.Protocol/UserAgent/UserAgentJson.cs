using System.Text.Json.Serialization;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.UserAgent;

/// <summary>How the types of <c>loop.useragent/1</c> are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StartAgentSession))]
[JsonSerializable(typeof(AgentSessionRef))]
[JsonSerializable(typeof(EndAgentSession))]
[JsonSerializable(typeof(AddVisit))]
[JsonSerializable(typeof(SavePage))]
[JsonSerializable(typeof(StarPage))]
[JsonSerializable(typeof(SearchPages))]
[JsonSerializable(typeof(FoundPages))]
[JsonSerializable(typeof(TopSitesQuery))]
[JsonSerializable(typeof(TopSites))]
[JsonSerializable(typeof(VisitsQuery))]
[JsonSerializable(typeof(VisitedPlaces))]
[JsonSerializable(typeof(ForgetHistory))]
[JsonSerializable(typeof(ForgottenHistory))]
[JsonSerializable(typeof(KeyedSnapshot<StarredPage>))]
[JsonSerializable(typeof(KeyedChange<string, StarredPage>))]
[JsonSerializable(typeof(KeyedSnapshot<VisitedPlace>))]
[JsonSerializable(typeof(KeyedChange<string, VisitedPlace>))]
[JsonSerializable(typeof(KeyedSnapshot<AgentSession>))]
[JsonSerializable(typeof(KeyedChange<long, AgentSession>))]
[JsonSerializable(typeof(KeyedSnapshot<TopSite>))]
[JsonSerializable(typeof(KeyedChange<string, TopSite>))]
public sealed partial class UserAgentJson : JsonSerializerContext;
