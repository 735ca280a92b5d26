namespace Loop.Sdk.Presence;

/// <summary>One of an account's devices.</summary>
/// <param name="Session">The device's session.</param>
/// <param name="State">What it reported last.</param>
/// <param name="Since">When.</param>
public sealed record DeviceAvailability(string Session, AvailabilityState State, DateTimeOffset Since);
