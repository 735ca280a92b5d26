using System.Text.Json.Serialization;

namespace Loop.Sdk.Server.Push;

/// <summary>A refusal as it is written.</summary>
internal sealed record PushProblemBody(int Code, int? Errno, string Error, string Message, [property: JsonPropertyName("more_info")] string MoreInfo);
