namespace Loop.Bench.Load.Payload;

/// <summary>What every workload moves unless it says otherwise: 100 bytes as JSON.</summary>
internal sealed record Note(int Id, string Author, string Text);
