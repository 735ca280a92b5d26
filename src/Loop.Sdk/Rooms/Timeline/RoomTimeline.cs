using System.Text.Json.Serialization.Metadata;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>
/// What is said in a room and stays: entries in one order, each sealed for the room and signed by its author. Entries that cannot be read are shown as such. Safe for concurrent use.
/// The class is abstract so that tests can replace it.
/// </summary>
/// <remarks>Every call fails with <c>closed</c> after the room has ended, with <c>no_key</c> if its key is not known, and otherwise with the codes of <c>docs/rooms.md</c>.</remarks>
public abstract class RoomTimeline
{
    /// <summary>Makes a timeline. Derive only to replace it in tests.</summary>
    protected RoomTimeline()
    {
    }

    /// <summary>The newest page, then entries as they are added, edited and deleted; from any position that was seen before, also after a restart. A snapshot may come again, when too much was missed.</summary>
    public abstract IFeed<TimelinePage, TimelineChange> Changes { get; }

    /// <summary>Reads a page of history.</summary>
    /// <param name="before">Entries before this sequence; null for the end.</param>
    /// <param name="limit">How many at most, 1 to 500; fewer come if they are large.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<TimelinePage> PageAsync(long? before = null, int limit = 50, CancellationToken cancellationToken = default);

    /// <summary>Adds an entry. It is there once, however often the answer gets lost.</summary>
    /// <typeparam name="T">The content's type.</typeparam>
    /// <param name="kind">What it is: 1 to 64 visible characters of ASCII.</param>
    /// <param name="content">The content.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="options">Settings, or null for the defaults.</param>
    /// <param name="cancellationToken">Gives up. The entry may have been added.</param>
    /// <returns>Where it is.</returns>
    /// <exception cref="LoopException"><c>content_too_large</c>; <c>unknown_epoch</c>: the room's key was changed, and this client did not get the new one.</exception>
    public abstract Task<EntryReceipt> AppendAsync<T>(
        string kind, T content, JsonTypeInfo<T> type, AppendOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Replaces the content of an entry. For its author.</summary>
    /// <typeparam name="T">The content's type.</typeparam>
    /// <param name="entry">The entry, as last seen.</param>
    /// <param name="content">The new content.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="cancellationToken">Gives up. The entry may have been changed.</param>
    /// <exception cref="LoopException"><c>entry_not_found</c>, <c>member_taken</c>: it is somebody else's; <c>entry_conflict</c>: it has changed since; and as for adding.</exception>
    public abstract Task<EntryReceipt> EditAsync<T>(TimelineEntry entry, T content, JsonTypeInfo<T> type, CancellationToken cancellationToken = default);

    /// <summary>Deletes the content of an entry; its place stays. For its author and the room's owner.</summary>
    /// <param name="sequence">The entry's sequence.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>entry_not_found</c>, <c>member_taken</c>: it is somebody else's.</exception>
    public abstract Task<EntryReceipt> DeleteAsync(long sequence, CancellationToken cancellationToken = default);

    /// <summary>Tells those who are in the room something that passes. For those who are in it.</summary>
    /// <typeparam name="T">The content's type.</typeparam>
    /// <param name="kind">What it is: 1 to 64 visible characters of ASCII.</param>
    /// <param name="content">The content.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>content_too_large</c>, <c>not_participant</c>, <c>unknown_epoch</c>.</exception>
    public abstract Task SignalAsync<T>(string kind, T content, JsonTypeInfo<T> type, CancellationToken cancellationToken = default);

    /// <summary>
    /// What is signalled in the room from now on, this client's own signals included. Who is slow gets the newest of each kind from each member. Goes on after a lost session. Ends with
    /// the room: with the code of <see cref="Room.Ended"/>, or without an error if it was left or disposed of.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    public abstract IAsyncEnumerable<RoomSignal> SignalsAsync(CancellationToken cancellationToken = default);

    /// <summary>Says something.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Settings, or null for the defaults.</param>
    /// <param name="cancellationToken">Gives up. It may have been said.</param>
    /// <exception cref="LoopException">As for <see cref="AppendAsync"/>.</exception>
    public Task<EntryReceipt> SayAsync(string text, AppendOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return AppendAsync(EntryKinds.Chat, new ChatMessage(text), EntryJson.Compact.ChatMessage, options, cancellationToken);
    }

    /// <summary>Says something else instead. For the author.</summary>
    /// <param name="entry">The entry, as last seen.</param>
    /// <param name="text">The new text.</param>
    /// <param name="cancellationToken">Gives up. It may have been changed.</param>
    /// <exception cref="LoopException">As for <see cref="EditAsync{T}"/>.</exception>
    public Task<EntryReceipt> EditAsync(TimelineEntry entry, string text, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return EditAsync(entry, new ChatMessage(text), EntryJson.Compact.ChatMessage, cancellationToken);
    }

    /// <summary>Shares a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="options">Settings, or null for the defaults.</param>
    /// <param name="cancellationToken">Gives up. It may have been shared.</param>
    /// <exception cref="LoopException">As for <see cref="AppendAsync"/>.</exception>
    public Task<EntryReceipt> ShareAsync(SharedPage page, AppendOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        return AppendAsync(EntryKinds.Page, page, EntryJson.Compact.SharedPage, options, cancellationToken);
    }

    /// <summary>Tells that this client's user is typing, or no longer is.</summary>
    /// <param name="isTyping">Whether they are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">As for <see cref="SignalAsync"/>.</exception>
    public Task SetTypingAsync(bool isTyping, CancellationToken cancellationToken = default) =>
        SignalAsync(SignalKinds.Typing, new TypingSignal(isTyping), EntryJson.Compact.TypingSignal, cancellationToken);

    /// <summary>Tells how far this client's user has read.</summary>
    /// <param name="sequence">The sequence of the last entry that they have seen.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">As for <see cref="SignalAsync"/>.</exception>
    public Task MarkReadAsync(long sequence, CancellationToken cancellationToken = default) =>
        SignalAsync(SignalKinds.Read, new ReadSignal(sequence), EntryJson.Compact.ReadSignal, cancellationToken);
}
