namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryLoopApiSession(LoopApiSessionRecord record)
{
    public LoopApiSessionRecord Record { get; set; } = record;

    public Dictionary<string, string> Urls { get; } = new(StringComparer.Ordinal);
}
