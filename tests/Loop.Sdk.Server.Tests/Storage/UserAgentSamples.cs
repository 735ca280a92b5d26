using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage;

/// <summary>Things to store.</summary>
internal static class UserAgentSamples
{
    public const long Now = 1_700_000_000_000_000;
    public const long Day = 24L * 60 * 60 * 1_000_000;

    public static NewAgentSession Session(string? key = null, long? scope = null, long? ancestor = null, int most = 100, long at = Now) =>
        new() { Key = key, Scope = scope, Ancestor = ancestor, Reason = "newTab", StartedAt = at, MaxOpen = most };

    public static NewVisit Visit(string url, long at = Now, string? title = null, string? key = null, long session = 1) =>
        new() { Key = key, Url = url, Session = session, Title = title, At = at, Now = Now };

    public static NewPage Page(string url, string text, string? title = null, string? excerpt = null, string? key = null, long at = Now) =>
        new() { Key = key, Url = url, Session = 1, Title = title, Excerpt = excerpt, Text = text, Now = at };

    public static NewStar Star(string url, bool isStarred = true, string? title = null, string? key = null, long at = Now, int most = 100) =>
        new() { Key = key, Url = url, Session = 1, Title = title, IsStarred = isStarred, Now = at, MaxStars = most };
}
