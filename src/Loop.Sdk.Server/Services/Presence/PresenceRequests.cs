using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Loop.Sdk.Server.Presence;

/// <summary>Checks the parts of requests.</summary>
internal static class PresenceRequests
{
    /// <summary>How deep data may be nested. Those who read a snapshot find it a few levels deeper, and read no more than 64.</summary>
    private const int DataDepth = 16;

    private const int ShortestInstance = 16;
    private const int LongestInstance = 64;
    private const int LongestMember = 64;

    /// <summary>What is kept of an instance: it is compared, and never shown.</summary>
    public static string InstanceKey(string? instance)
    {
        if (!RequestCheck.IsVisible(instance, ShortestInstance, LongestInstance))
        {
            throw RequestCheck.Invalid($"The instance has to be {ShortestInstance} to {LongestInstance} visible characters of ASCII.");
        }

        return Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(instance)).AsSpan(0, 18));
    }

    public static string Member(string? member) =>
        member is { Length: > 0 and <= LongestMember } ? member : throw RequestCheck.Invalid("The member's id is missing or too long.");

    public static JsonElement? Data(JsonElement? data, int most)
    {
        if (data is not { } element)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            throw RequestCheck.Invalid("The data has to be a JSON object.");
        }

        var bytes = JsonMarshal.GetRawUtf8Value(element);
        if (bytes.Length > most)
        {
            throw PresenceErrors.Of(ErrorCodes.DataTooLarge);
        }

        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DataDepth });
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            throw RequestCheck.Invalid($"The data may be nested {DataDepth} levels deep.");
        }

        return element;
    }
}
