namespace Loop.Sdk.Presence;

/// <summary>Names an application.</summary>
/// <param name="Application">The application's id: 1 to 128 visible ASCII characters.</param>
public sealed record ApplicationRef(string Application);
