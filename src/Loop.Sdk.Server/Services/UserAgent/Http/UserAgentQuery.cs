using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Reads parameters and headers of requests.</summary>
internal static class UserAgentQuery
{
    /// <summary>The latest time that a query may name, µs since 1970: the year 2255.</summary>
    public const long MaxTime = 9_007_199_254_740_991;

    private const string KeyHeader = "Idempotency-Key";

    /// <summary>What makes a write one that can be repeated, if the client says so.</summary>
    public static string? Key(HttpContext context) => context.Request.Headers[KeyHeader] switch
    {
        { Count: 0 } => null,
        { Count: 1 } one => UserAgentChecks.Key(one.ToString().Trim('"')),
        _ => throw RequestCheck.Invalid($"There is more than one {KeyHeader}."),
    };

    /// <summary>How many results are wanted; as many as may be by default.</summary>
    public static int Limit(HttpContext context, int most) => (int)(Number(context, "limit", 1, int.MaxValue) is { } limit ? Math.Min(limit, most) : most);

    public static long? Number(HttpContext context, string name, long least, long most)
    {
        var values = context.Request.Query[name];
        if (values.Count == 0)
        {
            return null;
        }

        return values.Count == 1 && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw RequestCheck.Invalid($"The parameter «{name}» is no number from {least} to {most}.");
    }
}
