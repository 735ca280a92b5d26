namespace Loop.Sdk.Server.Storage;

/// <summary>An account's own status.</summary>
/// <param name="Mode">In the service's own terms: 0 or more.</param>
/// <param name="Text">A text to show, or null.</param>
public sealed record StatusRecord(int Mode, string? Text)
{
    /// <summary>That of an account that set none.</summary>
    public static StatusRecord None { get; } = new(0, null);
}
