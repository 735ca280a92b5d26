namespace Loop.Sdk.Server;

/// <summary>Why a request got no WebSocket, as problem details (RFC 9457) with the error's code.</summary>
internal sealed record HttpProblem(int Status, string Code, string Title);
