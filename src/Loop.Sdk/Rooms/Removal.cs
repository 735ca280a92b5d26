namespace Loop.Sdk.Rooms;

/// <summary>How to remove somebody from a room.</summary>
public sealed record Removal
{
    /// <summary>Whether the account, or the guest's credential, may not join any more. A guest who has the link can come as a new one, unless the room is locked. False by default.</summary>
    public bool Bar { get; init; }

    /// <summary>
    /// Whether the room gets a new key, so that who is removed can read nothing that is said from then on. True by default. False keeps the link valid, and leaves them all that
    /// they need to read if somebody, the server included, gives them ciphertext.
    /// </summary>
    public bool RotateKey { get; init; } = true;
}
