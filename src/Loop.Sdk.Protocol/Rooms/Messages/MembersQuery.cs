namespace Loop.Sdk.Rooms;

/// <summary>Which announcements to list.</summary>
/// <param name="Token">The room's token.</param>
/// <param name="Epoch">The epoch in which they were sealed.</param>
public sealed record MembersQuery(string Token, int Epoch);
