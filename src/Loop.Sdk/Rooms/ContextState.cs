using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>A room's context, or why there is none to show.</summary>
public sealed record ContextState
{
    internal static readonly ContextState None = new() { Status = ContextStatus.None };

    /// <summary>What became of it.</summary>
    public required ContextStatus Status { get; init; }

    /// <summary>The context, if it was read.</summary>
    public RoomContext? Value { get; init; }

    /// <summary>
    /// Why it was not read: <c>no_key</c>, <c>wrong_key</c>, <c>tampered</c>, <c>unknown_epoch</c>, <c>stale_epoch</c>, <c>stale_version</c>, <c>forged_author</c>,
    /// <c>unknown_author</c>, <c>invalid_envelope</c>, <c>invalid_context</c>, <c>content_too_large</c>. Null if it was, or if there is none.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>The member id of who signed it; null if it is not signed, so that any member could have written it.</summary>
    public string? Author { get; init; }

    /// <summary>Its version; 0 if there is none.</summary>
    public long Version { get; init; }

    internal static ContextState Unreadable(string code, SealedContext context) =>
        new() { Status = ContextStatus.Unreadable, Code = code, Author = context.Author, Version = context.Version };
}
