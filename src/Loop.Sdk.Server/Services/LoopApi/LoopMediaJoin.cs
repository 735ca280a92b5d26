namespace Loop.Sdk.Server.LoopApi;

/// <summary>Who comes to which media session.</summary>
/// <param name="Place">The room's token, or the call's id.</param>
/// <param name="Participant">The id of whoever comes: of the participation in a room, or one of its own in a call.</param>
public sealed record LoopMediaJoin(string Place, string Participant)
{
    /// <summary>Whether it is a call, rather than a room.</summary>
    public bool IsCall { get; init; }

    /// <summary>Whether whoever comes may send others away: the room's owner.</summary>
    public bool IsModerator { get; init; }

    /// <summary>The channel through which the room's, or the caller's, software is distributed; null if it is not known.</summary>
    public string? Channel { get; init; }

    /// <summary>A guest's credential for the room, which may serve as the token; null if it is no guest. Kept out of <see cref="ToString"/>.</summary>
    public string? GuestCredential { get; init; }

    /// <summary>Who comes where.</summary>
    public override string ToString() => $"{Participant} joins {(IsCall ? "a call" : "a room")}";
}
