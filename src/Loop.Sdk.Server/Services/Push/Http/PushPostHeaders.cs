using System.Globalization;
using Loop.Sdk.Push;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.Push;

/// <summary>The headers of a post that say how long, about what and how urgent (RFC 8030 section 5).</summary>
internal readonly record struct PushPostHeaders(long TimeToLive, string? Topic, PushUrgency Urgency)
{
    private const int LongestTopic = 32;

    public static PushPostHeaders Read(IHeaderDictionary headers, TimeSpan maxTimeToLive) =>
        new(Math.Min(ReadTimeToLive(headers), (long)maxTimeToLive.TotalSeconds), ReadTopic(headers), ReadUrgency(headers));

    private static long ReadTimeToLive(IHeaderDictionary headers)
    {
        var values = headers["TTL"];
        var text = values.Count == 1 ? values[0]!.Trim() : "";
        if (text.Length > 1 && text[0] == '-' && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
        {
            throw Refused(114, "The header TTL is negative, and has to be 0 or more seconds.");
        }

        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw Refused(111, values.Count == 0
                ? "The header TTL is missing: say for how many seconds the message may wait, 0 for not at all."
                : "The header TTL is no number of seconds.");
        }

        // Any number is a number, however long.
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : long.MaxValue;
    }

    private static string? ReadTopic(IHeaderDictionary headers)
    {
        var values = headers["Topic"];
        if (values.Count == 0)
        {
            return null;
        }

        var topic = values.Count == 1 ? values[0]!.Trim().TrimEnd('=') : "";
        return topic.Length is > 0 and <= LongestTopic && topic.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? topic
            : throw Refused(113, $"The header Topic has to be 1 to {LongestTopic} characters of base64url.");
    }

    private static PushUrgency ReadUrgency(IHeaderDictionary headers)
    {
        var values = headers["Urgency"];
        return values.Count == 0 ? PushUrgency.Normal : (values.Count == 1 ? values[0]!.Trim() : "") switch
        {
            "very-low" => PushUrgency.VeryLow,
            "low" => PushUrgency.Low,
            "normal" => PushUrgency.Normal,
            "high" => PushUrgency.High,
            _ => throw Refused(null, "The header Urgency has to be one of very-low, low, normal and high."),
        };
    }

    private static PushRefusedException Refused(int? errno, string message) => new(PushProblem.BadRequest(errno, message));
}
