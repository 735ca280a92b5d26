namespace Loop.Sdk.Server.Presence;

/// <summary>A member to remove.</summary>
/// <param name="Node">The node that has it.</param>
/// <param name="Scope">The scope.</param>
/// <param name="Member">Its id.</param>
internal sealed record NodeKick(string Node, string Scope, string Member);
