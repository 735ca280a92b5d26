using System.Text.Json.Serialization.Metadata;

namespace Loop.Sdk.Rooms;

/// <summary>An entry of a timeline. Author, kind, content and what it answers are authenticated; time, place and deletion are what the server says.</summary>
public sealed record TimelineEntry
{
    /// <summary>Its place: 1, 2, 3, without gaps, for ever.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id: 26 characters that sort by time.</summary>
    public required string Id { get; init; }

    /// <summary>What became of it.</summary>
    public required EntryStatus Status { get; init; }

    /// <summary>
    /// Why it could not be read: <c>tampered</c>, <c>forged_author</c>, <c>unknown_author</c>, <c>wrong_key</c>, <c>unknown_epoch</c>, <c>stale_version</c>: an older edit was put back, or
    /// the entry was repeated; <c>invalid_envelope</c>, <c>content_too_large</c>, <c>no_key</c>. Null if it was, or was deleted.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>The author's member id; of an entry that could not be read, who is said to be it.</summary>
    public required string Author { get; init; }

    /// <summary>The author's name as announced, cleaned as <see cref="Participant.DisplayName"/> is; empty if none is known.</summary>
    public string AuthorName { get; init; } = "";

    /// <summary>Whether this client wrote it, or another device of the same member.</summary>
    public bool IsMine { get; init; }

    /// <summary>The author's own name for it.</summary>
    public required string Key { get; init; }

    /// <summary>What it is: one of <see cref="EntryKinds"/>, or the application's own.</summary>
    public required string Kind { get; init; }

    /// <summary>The sequence of the entry that it answers, if any. <see cref="ReplyToAuthor"/> and <see cref="ReplyToKey"/> say for certain which one is meant.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>The author of the entry that it answers.</summary>
    public string? ReplyToAuthor { get; init; }

    /// <summary>The key of the entry that it answers.</summary>
    public string? ReplyToKey { get; init; }

    /// <summary>When it was added, by the server's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last edited, or deleted, by the server's clock.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>1 when added, and one more with each edit and the deletion.</summary>
    public required long Version { get; init; }

    /// <summary>The epoch of the key that it was sealed with; 0 if it was not read.</summary>
    public int Epoch { get; init; }

    /// <summary>
    /// Whether it was added after others that were sealed with a newer key. Its author had not got that key yet; or was removed, and is helped by the server. Best shown with a mark.
    /// </summary>
    public bool IsLate { get; init; }

    /// <summary>The content as JSON; empty if it was not read.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Reads the content.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="type">How it is written.</param>
    /// <exception cref="LoopException">The code why the entry could not be read; <c>entry_not_found</c>: it was deleted; <c>invalid_payload</c>: its author wrote something else.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Status == EntryStatus.Readable
            ? SealedJson.Read(Content, type)
            : throw new LoopException(Code ?? ErrorCodes.EntryNotFound, Status == EntryStatus.Deleted ? "The entry was deleted." : "The entry could not be read.");
    }

    /// <summary>Reads a <see cref="EntryKinds.Chat"/>.</summary>
    /// <exception cref="LoopException">As for <see cref="Read"/>.</exception>
    public ChatMessage ReadChat() => Read(EntryJson.Default.ChatMessage);

    /// <summary>Reads a <see cref="EntryKinds.Page"/>.</summary>
    /// <exception cref="LoopException">As for <see cref="Read"/>.</exception>
    public SharedPage ReadPage() => Read(EntryJson.Default.SharedPage);

    /// <summary>Whether everything is the same, the content byte by byte.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(TimelineEntry? other) =>
        other is not null
        && (Sequence, Id, Status, Code, Author, AuthorName, IsMine) == (other.Sequence, other.Id, other.Status, other.Code, other.Author, other.AuthorName, other.IsMine)
        && (Key, Kind, ReplyTo, ReplyToAuthor, ReplyToKey) == (other.Key, other.Kind, other.ReplyTo, other.ReplyToAuthor, other.ReplyToKey)
        && (CreatedAt, EditedAt, Version, Epoch, IsLate) == (other.CreatedAt, other.EditedAt, other.Version, other.Epoch, other.IsLate)
        && Content.Span.SequenceEqual(other.Content.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sequence, Version, Status);

    /// <summary>Which entry, and nothing of its content.</summary>
    public override string ToString() => $"{nameof(TimelineEntry)} {Sequence} (version {Version}, {Status})";
}
