namespace Loop.Sdk.Server.UserAgent;

/// <summary>A request is refused for how it was sent, and not for what it asks.</summary>
internal sealed class UserAgentRefusedException(int status, string code, string title) : Exception(title)
{
    public HttpProblem Problem { get; } = new(status, code, title);
}
