using System.Globalization;
using System.Text.Json;

namespace Loop.Sdk.Push;

/// <summary>Checks what a token says. Each refusal names the claim, what was expected and what was there.</summary>
internal static class VapidClaims
{
    // Clocks differ.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    private const int ShownLength = 100;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static void CheckHeader(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json, "header");
        var algorithm = document.RootElement.TryGetProperty("alg"u8, out var found) ? TextOf(found) : null;
        if (algorithm != "ES256")
        {
            throw WebPushErrors.Vapid($"the token's algorithm has to be ES256, and is {Shown(algorithm)}");
        }

        if (document.RootElement.TryGetProperty("crit"u8, out _))
        {
            throw WebPushErrors.Vapid("the token's header has crit, which is not supported");
        }
    }

    public static (string? Subject, DateTimeOffset ExpiresAt) Check(ReadOnlyMemory<byte> json, string audience, DateTimeOffset now)
    {
        using var document = Parse(json, "body");
        var expiresAt = CheckExpiry(document.RootElement, now);
        CheckAudience(document.RootElement, audience);
        return (document.RootElement.TryGetProperty("sub"u8, out var subject) ? TextOf(subject) : null, expiresAt);
    }

    private static DateTimeOffset CheckExpiry(JsonElement claims, DateTimeOffset now)
    {
        if (!claims.TryGetProperty("exp"u8, out var claim))
        {
            throw WebPushErrors.Vapid("the token has no exp");
        }

        if (claim.ValueKind != JsonValueKind.Number)
        {
            throw WebPushErrors.Vapid($"exp has to be a number of seconds, and is {(claim.ValueKind == JsonValueKind.String ? "a string" : "none")}");
        }

        var seconds = claim.GetDouble();
        var left = seconds - now.ToUnixTimeSeconds();
        if (left <= -Leeway.TotalSeconds)
        {
            throw WebPushErrors.Vapid(string.Create(CultureInfo.InvariantCulture, $"exp is {Rounded(-left)} s ago: the token has expired"));
        }

        return left <= (VapidToken.MaxLifetime + Leeway).TotalSeconds
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : throw WebPushErrors.Vapid(string.Create(CultureInfo.InvariantCulture, $"exp is {Rounded(left)} s from now, and may be at most {VapidToken.MaxLifetime.TotalSeconds} s"));
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half a surrogate pair.
            throw NoUnicode();
        }
    }

    private static LoopException NoUnicode() => WebPushErrors.Vapid("the token holds text that is no Unicode");

    // Numbers may be as large as they like.
    private static long Rounded(double seconds) => seconds < long.MaxValue ? (long)seconds : long.MaxValue;

    private static void CheckAudience(JsonElement claims, string audience)
    {
        var there = claims.TryGetProperty("aud"u8, out var claim);
        var given = there ? TextOf(claim) : null;
        if (there && claim.ValueKind == JsonValueKind.Array)
        {
            given = claim.EnumerateArray().Select(TextOf).FirstOrDefault(one => one is not null && IsAudience(one, audience)) ?? "a list without it";
        }

        if (given is null || !IsAudience(given, audience))
        {
            throw WebPushErrors.Vapid($"aud has to be {audience}, and is {Shown(given)}");
        }
    }

    // Many senders end origins with a slash.
    private static bool IsAudience(string given, string audience) => given.AsSpan().TrimEnd('/').Equals(audience, StringComparison.OrdinalIgnoreCase);

    private static string Shown(string? value) => value is null ? "missing" : value.Length <= ShownLength ? value : $"{value.AsSpan(0, ShownLength)}…";

    private static JsonDocument Parse(ReadOnlyMemory<byte> json, string part)
    {
        try
        {
            var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // Told below.
        }
        catch (InvalidOperationException)
        {
            // The names of members are compared here already.
            throw NoUnicode();
        }

        throw WebPushErrors.Vapid($"the token's {part} is no JSON object, or has a member twice");
    }
}
