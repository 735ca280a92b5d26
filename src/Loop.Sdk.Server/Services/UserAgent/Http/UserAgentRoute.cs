using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>What one route does.</summary>
/// <param name="Path">The path.</param>
/// <param name="Method">The method that it takes.</param>
/// <param name="RunAsync">Serves a request of an account.</param>
internal sealed record UserAgentRoute(string Path, string Method, Func<UserAgentBook, HttpContext, string, Task> RunAsync);
