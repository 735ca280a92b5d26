using System.Runtime.InteropServices;
using System.Text.Json;

namespace Loop.Sdk.Presence;

/// <summary>Compares JSON byte for byte, as it is passed on.</summary>
internal static class RawJson
{
    public static bool AreSame(JsonElement? one, JsonElement? other) =>
        one is { } first && other is { } second ? JsonMarshal.GetRawUtf8Value(first).SequenceEqual(JsonMarshal.GetRawUtf8Value(second)) : one is null && other is null;
}
