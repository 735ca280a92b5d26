using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.Rooms;

/// <summary>How the contents that all clients know are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16)]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(SharedPage))]
[JsonSerializable(typeof(TypingSignal))]
[JsonSerializable(typeof(ReadSignal))]
internal sealed partial class EntryJson : JsonSerializerContext
{
    /// <summary>Writes characters beyond ASCII as they are.</summary>
    public static EntryJson Compact => Relaxed.Instance;

    // In a class of its own, since it needs the default one to be there.
    private static class Relaxed
    {
        public static EntryJson Instance { get; } = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
