namespace Loop.Sdk.Server.Storage;

/// <summary>A part of the list of what was visited.</summary>
/// <param name="Items">The places.</param>
/// <param name="Next">Where the next part begins; null if there is none.</param>
public sealed record PlacePage(IReadOnlyList<PlaceRecord> Items, PlaceCursor? Next);
