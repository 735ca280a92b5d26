namespace Loop.Sdk.Server.LoopApi;

/// <summary>A resource and what answers it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Pattern">The path, without the version.</param>
/// <param name="HandleAsync">What answers.</param>
internal sealed record ApiRoute(string Method, string Pattern, Func<ApiCall, Task> HandleAsync);
