using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>Credentials of the REST scheme (draft-uberti-behave-turn-rest), as coturn checks them with <c>use-auth-secret</c>.</summary>
internal static class TurnCredentials
{
    public static string Username(long expiry, string user) => $"{expiry}:{user}";

#pragma warning disable CA5350 // HMAC-SHA1 is what the scheme says, and not broken.
    public static string Password(string secret, string username) => Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(username)));
#pragma warning restore CA5350
}
