namespace Loop.Sdk.Cryptography;

/// <summary>The place that an envelope was made for, apart from the room. It opens nowhere else.</summary>
internal readonly record struct EnvelopeBinding(EnvelopeField Field, string Item, long Version, string Author)
{
    /// <summary>Version numbers end where JSON numbers stop being exact.</summary>
    public const long MaxVersion = (1L << 53) - 1;

    public bool IsValid => BoundText.IsItem(Item) && Version is >= 1 and <= MaxVersion;
}
