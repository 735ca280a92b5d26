namespace Loop.Sdk.Server.Storage;

/// <summary>What an import added.</summary>
/// <param name="Places">Addresses that were not known before.</param>
/// <param name="Visits">Visits.</param>
/// <param name="Stars">Stars.</param>
public sealed record PlaceImportResult(long Places, long Visits, long Stars);
