namespace Loop.Sdk.Rooms;

/// <summary>Which keys to list.</summary>
/// <param name="Token">The room's token.</param>
/// <param name="Member">The member's id.</param>
/// <param name="SinceEpoch">The epoch whose key is known: those after it are given.</param>
public sealed record NoticesQuery(string Token, string Member, int SinceEpoch);
