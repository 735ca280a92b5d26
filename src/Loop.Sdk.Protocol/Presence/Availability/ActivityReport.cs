namespace Loop.Sdk.Presence;

/// <summary>What a device says of itself.</summary>
/// <param name="State">The state.</param>
public sealed record ActivityReport(AvailabilityState State);
