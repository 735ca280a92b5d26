using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.Cryptography;

/// <summary>The default writes everything beyond ASCII as escapes, which the original clients read right (spec 4.3).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16)]
[JsonSerializable(typeof(RoomContext))]
[JsonSerializable(typeof(AnnouncementDocument))]
internal sealed partial class RoomContextJson : JsonSerializerContext
{
    /// <summary>Writes characters beyond ASCII as they are: a third to a half of the length.</summary>
    public static RoomContextJson Compact => Relaxed.Instance;

    // In a class of its own, since it needs the default one to be there.
    private static class Relaxed
    {
        public static RoomContextJson Instance { get; } = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
