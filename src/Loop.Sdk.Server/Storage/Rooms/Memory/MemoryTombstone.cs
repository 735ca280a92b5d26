namespace Loop.Sdk.Server.Storage;

internal sealed record MemoryTombstone(long Offset, string Token, long DeletedAt);
