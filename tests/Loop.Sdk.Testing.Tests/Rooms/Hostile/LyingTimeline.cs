using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Hostile;

/// <summary>The real server's timelines, told otherwise where a test says so.</summary>
internal sealed class LyingTimeline(ITimeline real) : ITimeline
{
    public Func<IReadOnlyList<SealedEntry>, IReadOnlyList<SealedEntry>> Entries { get; set; } = static entries => entries;

    public Func<SealedSignal, IEnumerable<SealedSignal>> Signals { get; set; } = static signal => [signal];

    public Func<EntryReceipt, Task<EntryReceipt>> Appended { get; set; } = Task.FromResult;

    public async Task<EntryReceipt> AppendAsync(AppendEntry entry, CancellationToken cancellationToken = default) =>
        await Appended(await real.AppendAsync(entry, cancellationToken));

    public Task<EntryReceipt> EditAsync(EditEntry edit, CancellationToken cancellationToken = default) => real.EditAsync(edit, cancellationToken);

    public Task<EntryReceipt> DeleteAsync(EntryRef entry, CancellationToken cancellationToken = default) => real.DeleteAsync(entry, cancellationToken);

    public async Task<EntriesPage> PageAsync(PageQuery query, CancellationToken cancellationToken = default)
    {
        var page = await real.PageAsync(query, cancellationToken);
        return page with { Entries = Entries(page.Entries) };
    }

    public IFeed<EntriesPage, EntriesChange> Changes(RoomRef room) => new LyingFeed<EntriesPage, EntriesChange>(
        real.Changes(room), page => page with { Entries = Entries(page.Entries) }, change => change with { Entries = Entries(change.Entries) });

    public Task SignalAsync(SendSignal signal, CancellationToken cancellationToken = default) => real.SignalAsync(signal, cancellationToken);

    public IAsyncEnumerable<SealedSignal> SignalsAsync(RoomRef room, CancellationToken cancellationToken = default) =>
        real.SignalsAsync(room, cancellationToken).SelectMany(signal => Signals(signal));
}
