namespace Loop.Sdk.Server.Storage;

/// <summary>A room's context as the server has it: sealed.</summary>
/// <param name="Value">The envelope, as text.</param>
/// <param name="Algorithm">The envelope's kind: <c>loop.v2</c> or <c>AES-GCM</c>.</param>
/// <param name="Version">The version under which it was sealed, 1 to 2⁵³ − 1. A context only ever gives way to a newer one.</param>
/// <param name="Author">The member id of who sealed it, if it is signed.</param>
public sealed record SealedContext(string Value, string Algorithm, long Version, string? Author);
