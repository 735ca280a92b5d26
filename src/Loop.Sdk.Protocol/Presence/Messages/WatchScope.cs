namespace Loop.Sdk.Presence;

/// <summary>Which scope to follow.</summary>
/// <param name="Scope">The scope, see <see cref="ScopeRef.Scope"/>.</param>
public sealed record WatchScope(string Scope);
