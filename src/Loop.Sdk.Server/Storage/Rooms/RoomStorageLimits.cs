namespace Loop.Sdk.Server.Storage;

/// <summary>How much a store takes. A service's own limits are lower; these keep the database sound whatever a service lets through.</summary>
public static class RoomStorageLimits
{
    /// <summary>Characters of a token, an id, a key, a kind, an account.</summary>
    public const int MaxId = 256;

    /// <summary>Characters of a name that people read, sealed or not.</summary>
    public const int MaxName = 4096;

    /// <summary>Characters of a sealed context, or of a wrapped key.</summary>
    public const int MaxContext = 256 * 1024;

    /// <summary>Bytes of a payload: an entry, an announcement, a notice.</summary>
    public const int MaxPayload = (1024 * 1024) + 1024;

    /// <summary>Things of one kind in one write.</summary>
    public const int MaxItems = 1000;

    /// <summary>Participations of one user in a room besides the one that joins.</summary>
    public const int MaxDevices = 7;

    /// <summary>Announcements of an epoch of a room.</summary>
    public const int MaxMembers = 1000;

    /// <summary>Announcements of one user among them.</summary>
    public const int MaxMembersOfUser = 16;

    /// <summary>Entries in one page.</summary>
    public const int MaxPage = 10_000;

    /// <summary>Changes of rooms in one page.</summary>
    public const int MaxChanges = 100_000;

    /// <summary>The latest time, ms since 1970.</summary>
    public const long MaxTime = (1L << 48) - 1;

    /// <summary>The highest version of something sealed.</summary>
    public const long MaxVersion = (1L << 53) - 1;
}
