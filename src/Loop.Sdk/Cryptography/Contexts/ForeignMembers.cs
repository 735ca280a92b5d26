using System.Text.Json;

namespace Loop.Sdk.Cryptography;

/// <summary>Members that this version knows nothing of. They are kept as they are, so that half a surrogate pair in them would show only when they are written again.</summary>
internal static class ForeignMembers
{
    public static bool AreWellFormed(IDictionary<string, JsonElement>? members)
    {
        if (members is null)
        {
            return true;
        }

        try
        {
            foreach (var value in members.Values)
            {
                Read(value);
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // The parser has bounded the depth.
    private static void Read(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Read(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Read(member.Value);
                }

                break;
            default:
                break;
        }
    }
}
