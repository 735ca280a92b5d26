using System.Text.Json.Serialization.Metadata;

namespace Loop.Sdk.Rooms;

/// <summary>Something that passes, from somebody who is in the room. Author, kind and content are authenticated.</summary>
public sealed record RoomSignal
{
    /// <summary>The author's member id; of a signal that could not be read, who is said to be it.</summary>
    public required string Author { get; init; }

    /// <summary>The author's name as announced, cleaned as <see cref="Participant.DisplayName"/> is; empty if none is known.</summary>
    public string AuthorName { get; init; } = "";

    /// <summary>Whether this client sent it, or another device of the same member.</summary>
    public bool IsMine { get; init; }

    /// <summary>What it is: one of <see cref="SignalKinds"/>, or the application's own.</summary>
    public required string Kind { get; init; }

    /// <summary>Why it could not be read, with the codes of entries; also <c>stale_version</c>: it was repeated; <c>stale_epoch</c>: it was sealed with an earlier key. Null if it was.</summary>
    public string? Code { get; init; }

    /// <summary>The content as JSON; empty if it was not read.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Reads the content.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="type">How it is written.</param>
    /// <exception cref="LoopException">The code why it could not be read; <c>invalid_payload</c>: its author wrote something else.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Code is { } code ? throw new LoopException(code, "The signal could not be read.") : SealedJson.Read(Content, type);
    }

    /// <summary>Reads a <see cref="SignalKinds.Typing"/>.</summary>
    /// <exception cref="LoopException">As for <see cref="Read"/>.</exception>
    public TypingSignal ReadTyping() => Read(EntryJson.Default.TypingSignal);

    /// <summary>Reads a <see cref="SignalKinds.Read"/>.</summary>
    /// <exception cref="LoopException">As for <see cref="Read"/>.</exception>
    public ReadSignal ReadMark() => Read(EntryJson.Default.ReadSignal);

    /// <summary>Of which kind, and nothing of its content.</summary>
    public override string ToString() => $"{nameof(RoomSignal)} {Kind}";
}
