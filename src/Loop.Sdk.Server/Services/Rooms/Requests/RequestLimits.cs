namespace Loop.Sdk.Server.Rooms;

/// <summary>Limits of requests that no option changes.</summary>
internal static class RequestLimits
{
    public const int MinToken = 11;

    public const int MaxToken = 128;

    public const int MaxWrappedKey = 1024;

    public const int MaxDevice = 64;

    public const int MaxMember = 128;

    public const int MaxAnnouncement = 8192;

    public const int MaxNotice = 1024;

    public const int MaxKey = 128;

    public const int MaxKind = 64;

    /// <summary>Entries in a page.</summary>
    public const int MaxPage = 500;

    /// <summary>Bytes of envelopes in a page: what makes a message of a quarter of what clients take.</summary>
    public const int PageBytes = 768 * 1024;

    /// <summary>Bytes in one change of a stored feed.</summary>
    public const int ChangeBytes = 192 * 1024;

    /// <summary>Tokens that a session may have reserved and not used.</summary>
    public const int MaxReserved = 32;
}
