namespace Loop.Sdk.Presence;

/// <summary>Names a scope: something that sessions can be present in.</summary>
/// <param name="Scope">
/// <c>kind:name</c>: a kind of 1 to 32 characters of <c>a-z 0-9 -</c>, and a name of 1 to 128 visible ASCII characters. A room is <c>room:</c> and its token.
/// </param>
public sealed record ScopeRef(string Scope);
