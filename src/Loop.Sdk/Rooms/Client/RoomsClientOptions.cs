using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>The settings of a <see cref="RoomsClient"/>. Checked when the client is made, or when the host starts.</summary>
public sealed class RoomsClientOptions : IFeatureSettings
{
    /// <summary>
    /// The key under which the user's own rooms' keys are left with the server, the same on all of the user's devices. Needed to create, list and open own rooms; null (default)
    /// for clients that only join others' rooms. The client does not dispose of it.
    /// </summary>
    public OwnerKey? OwnerKey { get; set; }

    /// <summary>
    /// Where rooms' links lead: an absolute http or https address without query and fragment, at most 1024 characters. A room's link is this, a slash, and the room's token.
    /// Needed to make links to rooms that were not joined by one. Null by default.
    /// </summary>
    public Uri? RoomUrl { get; set; }

    /// <summary>The name that others see, unless a joining says another; at most 100 characters. Empty (default) for none.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Where rooms are remembered; null (default) for as long as the client lives.</summary>
    public IRoomMemory? Memory { get; set; }

    /// <summary>The clock and its timers; null (default) for the channel's with <c>channel.Rooms</c>, and for the system's otherwise.</summary>
    public TimeProvider? TimeProvider { get; set; }

    internal RoomsClientOptions Copy() => (RoomsClientOptions)MemberwiseClone();

    IFeatureSettings IFeatureSettings.Copy() => Copy();

    IEnumerable<string> IFeatureSettings.Validate() => RoomsClientOptionsValidator.Instance.Validate(null, this).Failures ?? [];
}
