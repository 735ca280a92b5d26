using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.WebRtc;

/// <summary>How the messages of Hello's channels are written. Members that are not known are ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(TextMessage))]
[JsonSerializable(typeof(ContextTile))]
[JsonSerializable(typeof(CursorMessage))]
internal sealed partial class HelloJson : JsonSerializerContext
{
    /// <summary>Writes characters beyond ASCII as they are.</summary>
    public static HelloJson Compact => Relaxed.Instance;

    // In a class of its own, since it needs the default one to be there.
    private static class Relaxed
    {
        public static HelloJson Instance { get; } = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
