namespace Loop.Bench.Load.Targets.Bare;

/// <summary>What somebody who joins sends.</summary>
internal sealed record BareJoin(string Action, string DisplayName, int ClientMaxSize);
