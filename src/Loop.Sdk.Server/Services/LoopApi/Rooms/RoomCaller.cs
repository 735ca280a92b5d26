using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Who asks about a room.</summary>
internal sealed class RoomCaller
{
    private const string GuestDevice = "http";

    private RoomCaller(string? user, string device)
    {
        User = user;
        Device = device;
    }

    public static RoomCaller Anonymous { get; } = new(null, GuestDevice);

    /// <summary>Who they are in rooms; null if that is not known.</summary>
    public string? User { get; }

    /// <summary>The device that they are in rooms.</summary>
    public string Device { get; }

    /// <summary>The guest that they joined as.</summary>
    public GuestRecord? Guest { get; private init; }

    /// <summary>What they showed as that.</summary>
    public string? GuestToken { get; private init; }

    public static RoomCaller Of(HawkSession session) => new(session.User, session.Device);

    public static RoomCaller Of(GuestRecord guest, string token) => new(guest.User, GuestDevice) { Guest = guest, GuestToken = token };

    /// <summary>Whether a participation is the caller's own.</summary>
    public bool Is(ParticipantRecord participant) => participant.User == User && participant.Session == Device;
}
