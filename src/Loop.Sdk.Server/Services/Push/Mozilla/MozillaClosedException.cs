namespace Loop.Sdk.Server.Push;

/// <summary>Ends a browser's connection; null if it is the browser that ended it.</summary>
#pragma warning disable CA1064 // It never leaves this folder.
internal sealed class MozillaClosedException(MozillaClose? close) : Exception(close?.Reason)
#pragma warning restore CA1064
{
    public MozillaClose? Close { get; } = close;
}
