using System.Buffers.Text;
using System.Text;
using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Tests.Push.Harness;

/// <summary>Tokens that say anything, and are signed all the same.</summary>
internal static class Jwt
{
    public const string Header = """{"typ":"JWT","alg":"ES256"}""";

    public static string Sign(VapidKeys keys, string claims, string header = Header)
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(keys.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
