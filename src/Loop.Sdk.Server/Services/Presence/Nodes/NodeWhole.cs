namespace Loop.Sdk.Server.Presence;

/// <summary>A part of what a node has.</summary>
/// <param name="Part">Which, from 0.</param>
/// <param name="Parts">Of how many.</param>
/// <param name="Members">The members.</param>
internal sealed record NodeWhole(int Part, int Parts, IReadOnlyList<NodeChange> Members);
