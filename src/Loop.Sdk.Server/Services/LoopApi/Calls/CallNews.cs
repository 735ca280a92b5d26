namespace Loop.Sdk.Server.LoopApi;

/// <summary>What a party of a call is told.</summary>
/// <param name="Type">The message's type: <c>hello</c>, <c>progress</c>, <c>error</c>.</param>
/// <param name="State">The call's state, or null.</param>
/// <param name="Reason">Why it ended, or what was wrong; or null.</param>
/// <param name="IsLast">Whether the connection is closed then.</param>
internal sealed record CallNews(string Type, string? State, string? Reason, bool IsLast)
{
    public static CallNews Error(string reason) => new("error", null, reason, IsLast: true);
}
