namespace Loop.Sdk.Server.LoopApi;

/// <summary>What a request goes to, as it is signed.</summary>
/// <param name="Method">The method.</param>
/// <param name="Resource">Path and query, as the client wrote them.</param>
/// <param name="Host">The host.</param>
/// <param name="Port">The port.</param>
internal readonly record struct HawkTarget(string Method, string Resource, string Host, int Port);
