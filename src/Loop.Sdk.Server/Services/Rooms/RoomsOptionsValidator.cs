using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Rooms;

internal sealed class RoomsOptionsValidator : IValidateOptions<RoomsOptions>
{
    private const int Million = 1_000_000;
    private const int SmallestEnvelope = 256;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public ValidateOptionsResult Validate(string? name, RoomsOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        Check(options.MaxParticipants, 1, 500, nameof(options.MaxParticipants), failures);
        Check(options.MaxRoomsPerOwner, 1, Million, nameof(options.MaxRoomsPerOwner), failures);
        Check(options.MaxRoomsPerSession, 1, 10_000, nameof(options.MaxRoomsPerSession), failures);
        Check(options.MaxRoomLifetime, TimeSpan.FromMinutes(1), Longest, nameof(options.MaxRoomLifetime), failures);
        Check(options.Lease, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1), nameof(options.Lease), failures);
        Check(options.SweepInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.SweepInterval), failures);
        Check(options.TombstoneLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(366), nameof(options.TombstoneLifetime), failures);
        Check(options.MaxTombstones, 0, Million, nameof(options.MaxTombstones), failures);
        Check(options.MaxRoomName, 1, RoomStorageLimits.MaxName, nameof(options.MaxRoomName), failures);
        Check(options.MaxOwnerName, 1, RoomStorageLimits.MaxName, nameof(options.MaxOwnerName), failures);
        Check(options.MaxDisplayName, 1, RoomStorageLimits.MaxName, nameof(options.MaxDisplayName), failures);
        Check(options.MaxContext, SmallestEnvelope, RoomStorageLimits.MaxContext, nameof(options.MaxContext), failures);
        Check(options.MaxEntry, SmallestEnvelope, RoomStorageLimits.MaxPayload, nameof(options.MaxEntry), failures);
        Check(options.MaxSignal, SmallestEnvelope, 64 * 1024, nameof(options.MaxSignal), failures);
        Check(options.TimelineCount, 1, 10 * Million, nameof(options.TimelineCount), failures);
        Check(options.TimelineAge ?? Longest, TimeSpan.FromMinutes(1), Longest, nameof(options.TimelineAge), failures);
        Check(options.TimelinePage, 1, RequestLimits.MaxPage, nameof(options.TimelinePage), failures);
        Check(options.MaxCatchUp, 1, 10 * Million, nameof(options.MaxCatchUp), failures);
        return failures.Build();
    }

    private static void Check<T>(T value, T least, T most, string name, ValidateOptionsResultBuilder failures)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            failures.AddError($"{value} is not between {least} and {most}.", name);
        }
    }
}
