namespace Loop.Sdk.Server.LoopApi;

/// <summary>A session whose Hawk id was shown.</summary>
/// <param name="Id">The session's id, which is no secret.</param>
/// <param name="User">Who owns what the session makes.</param>
/// <param name="Account">The account that it is bound to, or null.</param>
/// <param name="Key">Its Hawk key.</param>
/// <param name="ExpiresAt">When it expires, ms since 1970.</param>
internal sealed record HawkSession(string Id, string User, string? Account, HawkKey Key, long ExpiresAt)
{
    /// <summary>The device that the session is in rooms.</summary>
    public string Device { get; } = "hawk:" + Id;

    public override string ToString() => $"session {Id}";
}
