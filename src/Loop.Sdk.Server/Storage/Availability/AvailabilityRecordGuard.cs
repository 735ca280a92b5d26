namespace Loop.Sdk.Server.Storage;

/// <summary>Checks what a store of availability is given, so that all stores refuse the same things: <c>invalid_record</c>.</summary>
internal static class AvailabilityRecordGuard
{
    private const int MostPeople = 10_000;

    public static void Check(StatusRecord status)
    {
        ArgumentNullException.ThrowIfNull(status);
        RoomRecordGuard.Range(status.Mode, 0, int.MaxValue, "mode");
        RoomRecordGuard.Text(status.Text, RoomStorageLimits.MaxName, "text");
    }

    public static void Check(GrantRecord grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        RoomRecordGuard.Id(grant.Application, "application");
        RoomRecordGuard.Id(grant.Account, "account");
        RoomRecordGuard.Id(grant.Id, "id");
        RoomRecordGuard.Time(grant.GrantedAt);
    }

    public static void Limit(int limit) => RoomRecordGuard.Range(limit, 1, MostPeople, "limit");
}
