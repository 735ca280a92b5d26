namespace Loop.Sdk.Server.Rooms;

/// <summary>How rooms behave, and what they may take. Checked when the host starts: a value out of range stops it with an <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>.</summary>
public sealed class RoomsOptions
{
    /// <summary>How many may be in a room at most, the owner included; also the size of rooms whose owner gives none. 1 to 500; 8 by default.</summary>
    public int MaxParticipants { get; set; } = 8;

    /// <summary>How many rooms an account may own. 1 to 1 000 000; 1000 by default.</summary>
    public int MaxRoomsPerOwner { get; set; } = 1000;

    /// <summary>How many rooms a session may be in at the same time. 1 to 10 000; 100 by default.</summary>
    public int MaxRoomsPerSession { get; set; } = 100;

    /// <summary>How long a room lasts at most without being prolonged; also how long one lasts whose owner does not say. 1 minute to 10 years; 8 weeks by default.</summary>
    public TimeSpan MaxRoomLifetime { get; set; } = TimeSpan.FromDays(56);

    /// <summary>How long a participation lasts without being prolonged, and a guest's credential with it. 10 s to 1 hour; 5 minutes by default.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often what has expired is looked for: so much later it may be noticed. 1 s to 10 minutes; 15 s by default.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it is remembered which rooms are gone: who was away for longer gets the whole list. 1 minute to 1 year; 7 days by default.</summary>
    public TimeSpan TombstoneLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many rooms that are gone are remembered for an owner. 0 to 1 000 000; 10 000 by default.</summary>
    public int MaxTombstones { get; set; } = 10_000;

    /// <summary>Characters of a room's name in clear. 1 to 4096; 100 by default.</summary>
    public int MaxRoomName { get; set; } = 100;

    /// <summary>Characters of an owner's name in clear. 1 to 4096; 255 by default.</summary>
    public int MaxOwnerName { get; set; } = 255;

    /// <summary>Characters of a participant's name in clear. 1 to 4096; 100 by default.</summary>
    public int MaxDisplayName { get; set; } = 100;

    /// <summary>Characters of a sealed context. 256 to 262 144; 131 072 by default.</summary>
    public int MaxContext { get; set; } = 128 * 1024;

    /// <summary>Bytes of a timeline entry's envelope. 256 to 1 049 600; 64 KiB by default.</summary>
    public int MaxEntry { get; set; } = 64 * 1024;

    /// <summary>Bytes of a signal's envelope. 256 to 65 536; 4 KiB by default.</summary>
    public int MaxSignal { get; set; } = 4 * 1024;

    /// <summary>How many entries of a timeline are kept. 1 to 10 000 000; 10 000 by default. A few more may be there for a moment.</summary>
    public int TimelineCount { get; set; } = 10_000;

    /// <summary>How long entries of a timeline are kept, 1 minute to 10 years. Null (default): as long as their room.</summary>
    public TimeSpan? TimelineAge { get; set; }

    /// <summary>How many entries the feed of a timeline begins with. 1 to 500; 50 by default.</summary>
    public int TimelinePage { get; set; } = 50;

    /// <summary>How many changes somebody may have missed and still get them; otherwise the feed begins anew. 1 to 10 000 000; 5000 by default.</summary>
    public int MaxCatchUp { get; set; } = 5000;
}
