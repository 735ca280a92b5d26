namespace Loop.Sdk.Server.Storage;

/// <summary>Checks what a store of the Loop HTTP API is given: <c>invalid_record</c>.</summary>
internal static class LoopApiRecordGuard
{
    private const int KeySize = 32;
    private const int MaxTopics = 8;

    // A month after which the clock has passed whatever versions were ahead of it.
    public const long VersionSeconds = 30L * 24 * 3600;

    public static void Check(LoopApiSessionRecord session, int limit)
    {
        ArgumentNullException.ThrowIfNull(session);
        RoomRecordGuard.Id(session.Id, "session");
        RoomRecordGuard.Id(session.User, "user");
        RoomRecordGuard.Text(session.Account, RoomStorageLimits.MaxId, "account");
        RoomRecordGuard.Range(session.MaskedKey.Length, KeySize, KeySize, "length of the key");
        RoomRecordGuard.Time(session.CreatedAt);
        RoomRecordGuard.Time(session.ExpiresAt);
        RoomRecordGuard.Range(limit, 1, int.MaxValue, "number of sessions");
    }

    public static void Check(IReadOnlyDictionary<string, string> urls)
    {
        ArgumentNullException.ThrowIfNull(urls);
        RoomRecordGuard.Range(urls.Count, 0, MaxTopics, "number of topics");
        foreach (var (topic, url) in urls)
        {
            RoomRecordGuard.Id(topic, "topic");
            PushRecordGuard.Url(url);
        }
    }

    public static void Second(long second) => RoomRecordGuard.Range(second, 0, RoomStorageLimits.MaxTime / 1000, "time");

    public static void Limit(int limit) => RoomRecordGuard.Range(limit, 1, RoomStorageLimits.MaxPage, "limit");
}
