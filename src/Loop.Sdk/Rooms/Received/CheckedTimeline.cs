using Loop.Sdk.Channels;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>The timelines of a server that is not believed to answer what it is asked. What feeds say is checked where they are opened.</summary>
internal sealed class CheckedTimeline(ITimeline timeline) : ITimeline
{
    public async Task<EntryReceipt> AppendAsync(AppendEntry entry, CancellationToken cancellationToken = default) =>
        Received.Some(await timeline.AppendAsync(entry, cancellationToken).ConfigureAwait(false));

    public async Task<EntryReceipt> EditAsync(EditEntry edit, CancellationToken cancellationToken = default) =>
        Received.Some(await timeline.EditAsync(edit, cancellationToken).ConfigureAwait(false));

    public async Task<EntryReceipt> DeleteAsync(EntryRef entry, CancellationToken cancellationToken = default) =>
        Received.Some(await timeline.DeleteAsync(entry, cancellationToken).ConfigureAwait(false));

    public async Task<EntriesPage> PageAsync(PageQuery query, CancellationToken cancellationToken = default)
    {
        var page = Received.Some(await timeline.PageAsync(query, cancellationToken).ConfigureAwait(false));
        return Received.Whole(page.Entries).All(entry => entry.Sequence < (query.Before ?? long.MaxValue))
            ? page
            : throw new LoopException(ErrorCodes.ProtocolError, "The server gave other entries than it was asked for.");
    }

    public IFeed<EntriesPage, EntriesChange> Changes(RoomRef room) => timeline.Changes(room);

    public Task SignalAsync(SendSignal signal, CancellationToken cancellationToken = default) => timeline.SignalAsync(signal, cancellationToken);

    public IAsyncEnumerable<SealedSignal> SignalsAsync(RoomRef room, CancellationToken cancellationToken = default) =>
        Received.Each(timeline.SignalsAsync(room, cancellationToken), cancellationToken);
}
