namespace Loop.Sdk.Server.Storage;

/// <summary>How much a store of push takes. The service's own limits are lower.</summary>
public static class PushStorageLimits
{
    /// <summary>Bytes of a message's body.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>Characters of a header that belongs to a message.</summary>
    public const int MaxHeader = 8 * 1024;

    /// <summary>Characters of an endpoint's URL at another push service.</summary>
    public const int MaxUrl = 2048;

    /// <summary>Bytes of a key, a hash or a secret.</summary>
    public const int MaxSecret = 256;

    /// <summary>Things in one page or one write.</summary>
    public const int MaxItems = 1000;

    /// <summary>Receipts that wait in a receipt subscription. Older ones give way.</summary>
    public const int MaxReceipts = 10_000;
}
